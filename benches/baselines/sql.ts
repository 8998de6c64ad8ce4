/**
 * (d) SQLite in wasm (`sql.js`): people, memberships, roles and accesses as tables with indexes, a policy as one query.
 * SQL's own logic is Kleene's, with NULL for unknown. Filling the tables is not timed.
 */
import initSqlJs, { type Database, type Statement } from 'sql.js';
import type { ApiUser } from '../data/api-user.ts';
import { FALSE, type Policy, TRUE, UNKNOWN } from '../policies/language.ts';
import { expression } from './sql-expression.ts';

/** `seen`: seconds since 1970, -1 for never, NULL for not known. Texts that are compared without capitals are in small letters. */
const SCHEMA = `
  CREATE TABLE users (
    id INTEGER PRIMARY KEY, account_type TEXT, status TEXT, claim TEXT, managed_by TEXT, mfa INTEGER, email TEXT,
    domain TEXT, added INTEGER, jobTitle TEXT, department TEXT, organization TEXT, location TEXT, has_groups INTEGER,
    has_roles INTEGER, has_access INTEGER);
  CREATE TABLE groups (id INTEGER PRIMARY KEY, ari TEXT UNIQUE, name TEXT);
  CREATE TABLE memberships (user INTEGER, grp INTEGER, PRIMARY KEY (user, grp)) WITHOUT ROWID;
  CREATE TABLE roles (user INTEGER, role TEXT, PRIMARY KEY (user, role)) WITHOUT ROWID;
  CREATE TABLE accesses (
    user INTEGER, product TEXT, site TEXT, seen INTEGER, PRIMARY KEY (user, product, site)) WITHOUT ROWID;`;

const INDEXES = `
  CREATE INDEX groups_by_name ON groups (name);
  CREATE INDEX users_by_status ON users (status);
  CREATE INDEX users_by_domain ON users (domain);
  CREATE INDEX users_by_added ON users (added);
  CREATE INDEX users_by_department ON users (department);
  CREATE INDEX memberships_by_group ON memberships (grp, user);
  CREATE INDEX roles_by_role ON roles (role, user);
  CREATE INDEX accesses_by_time ON accesses (product, site, seen);
  ANALYZE;`;

const wholeSeconds = (timestamp: string) => Math.floor(Date.parse(timestamp) / 1000);
const small = (text: string | undefined) => text?.toLowerCase() ?? null;

/** The organization as a database. */
export class SqlDirectory {
  readonly #database: Database;
  readonly #insert: Record<'user' | 'group' | 'membership' | 'role' | 'access', Statement>;
  readonly #groups = new Map<string, number>();
  #users = 0;

  private constructor(database: Database) {
    this.#database = database;
    database.run(SCHEMA);
    database.run('BEGIN');
    this.#insert = {
      user: database.prepare(`INSERT INTO users VALUES (${Array(16).fill('?').join()})`),
      group: database.prepare('INSERT INTO groups VALUES (?, ?, ?)'),
      membership: database.prepare('INSERT INTO memberships VALUES (?, ?)'),
      role: database.prepare('INSERT INTO roles VALUES (?, ?)'),
      access: database.prepare('INSERT INTO accesses VALUES (?, ?, ?, ?)'),
    };
  }

  static async create(): Promise<SqlDirectory> {
    const { Database } = await initSqlJs();
    return new SqlDirectory(new Database());
  }

  push(user: ApiUser): void {
    const id = this.#users;
    this.#users += 1;
    const email = small(user.email);
    const at = email?.lastIndexOf('@') ?? -1;
    this.#insert.user.run([
      id,
      user.accountType,
      user.status,
      user.claimStatus,
      user.managementSource,
      user.mfaEnabled === undefined ? null : Number(user.mfaEnabled),
      email,
      email === null || at < 0 ? null : email.slice(at + 1),
      user.addedToOrg === undefined ? null : wholeSeconds(user.addedToOrg),
      small(user.jobTitle),
      small(user.department),
      small(user.organization),
      small(user.location),
      Number(user.groups !== undefined),
      Number(user.platformRoles !== undefined),
      Number(user.productAccess !== undefined),
    ]);
    this.#pushSets(id, user);
  }

  #pushSets(id: number, { groups, platformRoles, productAccess }: ApiUser): void {
    for (const { id: ari, name } of groups ?? []) {
      const known = this.#groups.get(ari);
      const group = known ?? this.#groups.size;
      if (known === undefined) {
        this.#groups.set(ari, group);
        this.#insert.group.run([group, ari, name]);
      }
      this.#insert.membership.run([id, group]);
    }
    for (const role of platformRoles ?? []) this.#insert.role.run([id, role]);
    for (const { id: ari, key, lastActiveTimestamp } of productAccess ?? []) {
      const seen = lastActiveTimestamp === null ? -1 : wholeSeconds(lastActiveTimestamp ?? '');
      this.#insert.access.run([id, key, ari.slice(ari.indexOf('::site/') + 7), Number.isNaN(seen) ? null : seen]);
    }
  }

  /** No more people: builds the indexes. */
  finish(): void {
    for (const statement of Object.values(this.#insert)) statement.free();
    this.#database.run('COMMIT');
    this.#database.run(INDEXES);
  }

  /** Everybody's verdict, in the order in which they came. */
  evaluate(policy: Policy, now: string): Uint8Array {
    const decided = expression(policy, Date.parse(now) / 1000);
    const verdicts = new Uint8Array(this.#users).fill(FALSE);
    const query = this.#database.prepare(`SELECT id, (${decided}) FROM users WHERE (${decided}) IS NOT 0`);
    while (query.step()) {
      const [id, value] = query.get();
      verdicts[Number(id)] = value === null ? UNKNOWN : TRUE;
    }
    query.free();
    return verdicts;
  }

  close(): void {
    this.#database.close();
  }
}
