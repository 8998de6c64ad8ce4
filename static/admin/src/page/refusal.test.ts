import { expect, test } from 'vitest';
import type { Role } from '../../gen/types';
import { inEnglish } from '../texts/in-english';
import { refusalOf } from './refusal';

const { say } = inEnglish();

const reason = (own: Role, role: Role, isConnected = true): string | undefined => {
  const key = refusalOf({ role: own, isConnected }, role);
  return key && say(key);
};

test('the reason names whoever may, not administrators alone', () => {
  expect(reason('viewer', 'operator')).toMatch(/operators, approvers and administrators/);
  expect(reason('viewer', 'approver')).toMatch(/approvers and administrators/);
  expect(reason('operator', 'approver')).not.toMatch(/operators/);
  expect(reason('approver', 'organizationAdministrator')).toMatch(/^only administrators of the organization/);
});

test('a higher role may what a lower one may', () => {
  expect(reason('operator', 'operator')).toBeUndefined();
  expect(reason('approver', 'operator')).toBeUndefined();
  expect(reason('organizationAdministrator', 'approver')).toBeUndefined();
  expect(reason('viewer', 'viewer')).toBeUndefined();
});

test('without a connection there is nothing to decide on', () => {
  expect(reason('viewer', 'operator', false)).toBe('connect the organization first');
});
