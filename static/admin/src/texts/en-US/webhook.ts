import type { Room } from '../catalogue.ts';

/** The webhook to which the news goes, in the settings. */
export const webhook = {
  title: 'Webhook for reports',
  meaning:
    'What is new can also go to an HTTPS address: a chat such as Slack, or a service of your own. Each message is signed, and sent again for some hours until it is taken; it may arrive twice.',
  receiver: 'Receiver',
  none: 'none: nothing leaves Atlassian',
  at: '{{host}}, an address that ends with {{ending}}',
  saved: 'Entered, or its key made anew',
  set: 'Enter an address',
  change: 'Change the webhook',
  newKey: 'Make a new key',
  newKeyText:
    'Messages are signed with the new key from now on. The receiver believes them again once it knows that key. The address stays.',
  test: 'Send a test message',
  testArrived: 'The receiver took the test message',
  testFailed: 'The test message was not taken',
  url: 'Address',
  urlHelp:
    'It begins with https:// and is kept as a secret: it is never shown whole again, and is in no log and no export. Atlassian asks you to confirm that the app may send there.',
  urlMissing: 'Enter the address',
  urlWrong: 'Enter an address such as https://hooks.example.com/services/x',
  off: 'Send nothing',
  offSaved: 'Nothing is sent to a webhook any more',
  keyTitle: 'The key that signs messages',
  keyText:
    'Give this key to the receiver, which can tell by it that a message is Seatkeeper’s. It is shown this once; a new one can be made at any time. A chat does not need it.',
  key: 'Key',
  kept: 'I do not need it any more',
  notAllowed: 'Atlassian did not let the app send to this address ({{detail}})',
  notAllowedHint:
    'Confirm what Atlassian asks, as an administrator of Jira. What is allowed stands in Atlassian Administration, at the app’s data management.',
} as const satisfies Room;
