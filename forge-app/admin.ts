import { commandResolver } from './command';

/** Resolver of the administration page (`jira:adminPage`). */
export const admin = commandResolver();
