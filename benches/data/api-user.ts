/** A person as `users/search` returns them, when asked for groups, platform roles and product access. */
export interface ApiUser {
  accountId: string;
  accountType: string;
  accountStatus: string;
  status: string;
  membershipStatus: string;
  claimStatus: string;
  managementSource: string | null;
  name: string;
  nickname: string;
  /** Absent where the address is hidden. */
  email?: string;
  emailVerified: boolean;
  addedToOrg?: string;
  mfaEnabled?: boolean;
  jobTitle?: string;
  department?: string;
  organization?: string;
  location?: string;
  timeZone: string;
  avatar: string;
  picture: string;
  platformRoles?: string[];
  productAccess?: ApiAccess[];
  groups?: ApiGroup[];
  links: { self: string };
}

export interface ApiAccess {
  /** A product on a site, as an ARI. */
  id: string;
  key: string;
  /** Absent: not known. `null`: never used. */
  lastActiveTimestamp?: string | null;
}

export interface ApiGroup {
  id: string;
  name: string;
  description: string | null;
}

/** One answer of `users/search`. */
export interface ApiPage {
  data: ApiUser[];
  links: { self: string; next?: string };
}
