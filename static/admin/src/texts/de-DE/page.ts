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
    'Sie können hier alles ansehen und nichts ändern. Das können Administratoren der Organisation und, soweit eine Gruppe in Jira es ihnen erlaubt, Operatoren und Genehmigende.',
  'only.operator': 'das dürfen nur Operatoren, Genehmigende und Administratoren der Organisation',
  'only.approver': 'das dürfen nur Genehmigende und Administratoren der Organisation',
  'only.organizationAdministrator': 'das dürfen nur Administratoren der Organisation',
  connectFirst: 'verbinden Sie zuerst die Organisation',
  noAccess: 'Sie haben keinen Zugriff auf Seatkeeper',
  forWhom:
    'Seatkeeper ist für Personen, die Jira oder die Organisation verwalten, und für die Gruppen der Operatoren und Genehmigenden.',

  needsALook: 'Seatkeeper braucht Ihre Aufmerksamkeit',
  seeChanges: 'Änderungen ansehen',
  seeKnown: 'Datenstand ansehen',
  seeExemptions: 'Ausnahmen ansehen',
  seeConnection: 'Verbindung ansehen',
};
