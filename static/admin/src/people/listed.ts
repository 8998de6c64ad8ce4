/** What a pasted or uploaded text names: addresses and account ids, and how many other words stood beside them. */
export interface Listed {
  members: string[];
  others: number;
}

/** What stands between the words of a list, as the core parts them. */
const BETWEEN = /[\s,;"<>]+/;
/** An account id: older ones are 24 letters and digits, newer ones have a number and a colon first. */
const ACCOUNT = /^(?=.*\d)[a-z0-9]{20,}$|^[a-z0-9-]+:[\w|:-]+$/i;

/** Takes names and headings out of a text, so that only what could be somebody is looked for. */
export function listedIn(text: string): Listed {
  const words = text.split(BETWEEN).filter(Boolean);
  const members = words.filter((word) => word.includes('@') || ACCOUNT.test(word));
  return { members, others: words.length - members.length };
}
