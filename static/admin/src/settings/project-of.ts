/** The key of the project in which an issue is, by the issue's key. */
export const projectOf = (issue: string): string => issue.trim().split('-', 1)[0] ?? '';
