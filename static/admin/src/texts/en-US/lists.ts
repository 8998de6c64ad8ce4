import type { Room } from '../catalogue.ts';

/** Lists of people. */
export const lists = {
  title: 'Lists of people',
  text: 'A policy may mean whoever is on a list, such as the leavers that another system names. A list is only as good as it is new: seven days after its import it decides nothing any more.',
  name: 'Name',
  people: 'Members',
  imported: 'Imported',
  theLists: 'the lists',
  theMembers: 'the members',
  none: 'No lists yet',
  noneText: 'Create one from e-mail addresses or account ids, and name it in a policy’s condition “listed”.',
  membersCount: { one: '{{count}} member', other: '{{count}} members' },
  showMembersOf: { one: '{{count}} member of {{name}}', other: '{{count}} members of {{name}}' },
  decidesUntil: 'Decides until {{when}}',
  tooOld: 'Too old to decide',
  shrunk: 'Shrunk from {{had}} to {{members}}',

  create: 'Create list',
  nameHelp: 'Policies use it as it is written here. It cannot be changed later.',
  nameMissing: 'Enter a name.',
  nameTaken: 'There is a list of this name: change that one.',
  membersMissing: 'Name somebody by e-mail address or account id.',
  given: { one: '{{count}} address or id is given.', other: '{{count}} addresses and ids are given.' },
  others: { one: '{{count}} other word is left out.', other: '{{count}} other words are left out.' },
  createMeaning: 'No policy rests on it before one names it. It decides for {{days}} days after its import.',
  wasCreated: 'The list {{name}} was created',
  coming: 'Sending the list',
  notCreated: 'The list was not created',

  change: 'Change',
  changeOf: 'Change the list {{name}}',
  whatToDo: 'What becomes of its members',
  'change.add': 'Add people',
  'change.takeOff': 'Take people off',
  'change.replace': 'Bring a new list in its place',
  fromTo: '{{after}} instead of {{before}}',
  shrinkMeaning: 'If it loses more than a tenth at once, runs that rest on it are held.',
  emptyMeaning: 'An empty list decides nothing: everybody is undecided for the policies that rest on it.',
  changeMeaning:
    'Saving counts as importing the whole list: it decides for another {{days}} days about everybody on it. Whoever is taken off is let be from the next batch on; what was done to them stays done.',
  wasChanged: { one: 'The list {{name}} has {{count}} member', other: 'The list {{name}} has {{count}} members' },

  membersOf: 'Members of {{name}}',
  find: 'Find a member',
  firstOnly: { one: 'The first {{count}} is shown.', other: 'The first {{count}} are shown.' },
  download: 'Download CSV',

  drop: 'Delete',
  dropOf: 'Delete the list {{name}}',
  dropQuestion: 'Delete the list {{name}}?',
  dropMeaning: {
    one: '{{count}} member is forgotten. Nothing happens to them. To have it back, create the list again: download the members first if you have them nowhere else.',
    other:
      '{{count}} members are forgotten. Nothing happens to them. To have it back, create the list again: download the members first if you have them nowhere else.',
  },
  dropUsed: {
    one: '{{count}} policy rests on it and decides about nobody by it any more: everybody is undecided.',
    other: '{{count}} policies rest on it and decide about nobody by it any more: everybody is undecided.',
  },
  wasDropped: 'The list {{name}} was deleted',
} as const satisfies Room;
