/** Whether a share of the seats is said, or nothing. */
export const isShare = (text: string): boolean => text === '' || /^([5-9]\d|100)$/.test(text);
