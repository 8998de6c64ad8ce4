import type { Translation } from '../catalogue.ts';
import type { exemptions as english } from '../en-US/exemptions.ts';

export const exemptions: Translation<typeof english> = {
  title: 'Ausnahmen',
  theExemptions: 'die Ausnahmen',
  text: 'Keine Richtlinie tastet diese Personen an, ebenso wenig Mitglieder dieser Gruppen und passende Adressen, es sei denn, die Ausnahme gilt nur für einige Richtlinien. Wer von ihnen nicht zu unterscheiden ist, bleibt ebenfalls verschont. Jeder Plan und jeder Teilschritt liest diese Liste neu.',
  add: 'Ausnahme hinzufügen',
  none: 'Niemand ist ausgenommen',
  noneText: 'Nehmen Sie Personen und Gruppen aus, die keine Richtlinie antasten darf.',
  who: 'Wer',
  peopleNow: 'Personen derzeit',
  untilAndOwner: 'Bis, verantwortlich',
  added: 'Hinzugefügt',
  notKnownYet: 'noch nicht bekannt',
  remove: 'Entfernen',
  removeOf: 'Ausnahme von {{name}} entfernen',
  expired: 'Abgelaufen',
  untilRemoved: 'Bis sie entfernt wird',
  ownedBy: 'Verantwortet von {{who}}',
  onlyFor: 'Nur für {{policies}}',
  'kind.user': 'Person',
  'kind.group': 'Gruppe',
  'kind.groupName': 'Gruppen',
  'kind.domain': 'Domain',
  'kind.email': 'Adressen',

  addTitle: 'Ausnahme hinzufügen',
  wasAdded: 'Die Ausnahme wurde hinzugefügt',
  notAdded: 'Die Ausnahme wurde nicht hinzugefügt',
  whomToExempt: 'Wer ausgenommen wird',
  'choice.user': 'Eine Person',
  'choice.group': 'Eine Gruppe',
  'choice.groupName': 'Gruppen nach Namen',
  'choice.domain': 'Eine E-Mail-Domain',
  'choice.email': 'E-Mail-Adressen',

  account: 'Konto-ID',
  accountMissing: 'Geben Sie eine Konto-ID ein.',
  accountHelp: 'Sie steht in jedem Lauf unter dem Namen der Person und in der Adresse ihres Profils.',
  groupName: 'Name mit *',
  groupNameMissing: 'Geben Sie ein Muster wie vip-* ein.',
  groupNameHelp:
    'Das * steht für beliebigen Text; Groß- und Kleinschreibung zählt. Ausgenommen ist jedes Mitglied einer Gruppe mit passendem Namen.',
  domain: 'Domain',
  domainMissing: 'Geben Sie eine Domain wie example.com ein.',
  domainHelp: 'Was hinter dem @ steht. *.example.com meint nur ihre Subdomains.',
  email: 'Adresse mit *',
  emailMissing: 'Geben Sie ein Muster wie svc-*@example.com ein.',
  emailHelp:
    'Das * steht für beliebigen Text; Groß- und Kleinschreibung zählt nicht. Eine einzelne Person nehmen Sie über ihr Konto aus.',
  group: 'Gruppe',
  typePartOfName: 'Teil des Namens eingeben',
  groupsNotFound: 'Gruppen konnten nicht gesucht werden. {{why}}',
  chooseGroup: 'Wählen Sie eine Gruppe.',

  lastDay: 'Letzter Tag',
  lastDayHelp: 'Sie schützt bis zum Ende dieses Tages in UTC; ohne Angabe, bis sie entfernt wird.',
  owner: 'Verantwortlich',
  ownerHelp: 'Das Konto der Person, die dafür geradesteht.',
  onlyForPolicies: 'Nur für diese Richtlinien',
  onlyForPoliciesHelp: 'Ohne Angabe schützt sie vor jeder Richtlinie.',
  everyPolicy: 'Jede Richtlinie',

  exemptQuestion: '{{name}} ausnehmen?',
  exempt: 'Ausnehmen',
  isExempt: '{{name}} ist ausgenommen',
  isExemptText: 'Ab jetzt verschont jeder Plan und jeder Teilschritt diese Person.',
  exemptMeaning:
    'Ab jetzt verschont jede Richtlinie diese Person, ein laufender Lauf ab seinem nächsten Teilschritt. Die Seite „Ausnahmen“ macht das rückgängig.',

  removeQuestion: 'Diese Ausnahme entfernen?',
  notExemptAnyMore: '{{name}} ist nicht mehr ausgenommen',
  notRemoved: 'Die Ausnahme wurde nicht entfernt',
  removePersonMeaning:
    '{{name}} kann von Richtlinien ab deren nächstem Plan wieder erfasst werden. Ein erneutes Hinzufügen der Ausnahme macht das rückgängig.',
  removeMeaning:
    'Alle, die {{name}} schützt, können von Richtlinien ab deren nächstem Plan wieder erfasst werden. Ein erneutes Hinzufügen der Ausnahme macht das rückgängig.',
};
