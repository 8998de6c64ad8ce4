import { expect, test } from 'vitest';
import { errandOf, type Wish } from './errand';

const wish = (rest: Partial<Wish>): Wish => ({
  deed: 'suspend',
  products: [],
  sites: [],
  group: undefined,
  emails: undefined,
  ...rest,
});

const stageOf = (rest: Partial<Wish>): unknown => {
  const errand = errandOf(wish(rest));
  return errand && 'stage' in errand ? JSON.parse(errand.stage.stage) : errand;
};

test('what is done by hand is a stage that comes at once', () => {
  expect(stageOf({})).toEqual({ after: '0d', do: 'suspend' });
  expect(stageOf({ deed: 'removeAccess', products: ['confluence'], sites: ['acme'] })).toEqual({
    after: '0d',
    do: 'removeAccess',
    products: ['confluence'],
    sites: ['acme'],
  });
  expect(stageOf({ deed: 'addToGroup', group: 'g1' })).toEqual({ after: '0d', do: 'addToGroup', groups: ['g1'] });
});

test('what needs a product, a site or a group is nothing without them', () => {
  expect(errandOf(wish({ deed: 'removeAccess', products: ['confluence'] }))).toBeUndefined();
  expect(errandOf(wish({ deed: 'removeFromGroups' }))).toBeUndefined();
});

test('what no policy may do has an errand of its own', () => {
  expect(errandOf(wish({ deed: 'revokeTokens' }))).toEqual({ revokeTokens: {} });
  expect(errandOf(wish({ deed: 'setEmail', emails: ['a@b.example'] }))).toEqual({
    setEmail: { emails: ['a@b.example'] },
  });
  expect(errandOf(wish({ deed: 'setEmail' }))).toBeUndefined();
});
