import { commandResolver } from './command';

/** Resolver of the page for people who do not administer Jira (`jira:globalPage`). */
export const global = commandResolver();
