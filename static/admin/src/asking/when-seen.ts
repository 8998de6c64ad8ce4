/**
 * Does something after some milliseconds, and not while the page is in a tab behind others: every question to the app is
 * an invocation and costs the organization calls. Gives back what takes it back.
 */
export function whenSeen(milliseconds: number, act: () => void): () => void {
  const actIfSeen = () => {
    if (document.hidden) return;
    document.removeEventListener('visibilitychange', actIfSeen);
    act();
  };
  const timer = setTimeout(() => {
    document.addEventListener('visibilitychange', actIfSeen);
    actIfSeen();
  }, milliseconds);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', actIfSeen);
  };
}
