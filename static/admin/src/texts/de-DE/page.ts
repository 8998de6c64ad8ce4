import type { Translation } from '../catalogue.ts';
import type { page as english } from '../en-US/page.ts';

export const page: Translation<typeof english> = {
  language: 'de',
  title: 'Seatkeeper',

  overview: 'Überblick',
  known: 'Datenstand',
  people: 'Benutzer',
  policies: 'Richtlinien',
  runs: 'Läufe',
  log: 'Protokoll',
  exemptions: 'Ausnahmen',
  settings: 'Einstellungen',
  thisPage: 'diese Seite',

  viewerOnly:
    'Sie können hier alles ansehen und nichts ändern: Änderungen sind Administratoren der Organisation vorbehalten.',
  onlyAdministrators: 'Änderungen sind Administratoren der Organisation vorbehalten',
  connectFirst: 'verbinden Sie zuerst die Organisation',
  noAccess: 'Sie haben keinen Zugriff auf Seatkeeper',
  forWhom: 'Seatkeeper ist für Personen, die Jira oder die Organisation verwalten.',

  needsALook: 'Seatkeeper braucht Ihre Aufmerksamkeit',
  seeChanges: 'Änderungen ansehen',
  seeKnown: 'Datenstand ansehen',
  seeExemptions: 'Ausnahmen ansehen',
  seeConnection: 'Verbindung ansehen',
};
