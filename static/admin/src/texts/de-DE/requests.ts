import type { Translation } from '../catalogue.ts';
import type { requests as english } from '../en-US/requests.ts';

export const requests: Translation<typeof english> = {
  title: 'Anfragen in Jira',
  meaning:
    'Wer gesperrt ist, kann sich nicht anmelden. Jemand aus dem Team, der Leitung oder dem Helpdesk bittet mit einem Vorgang für die Person, etwa einer Anfrage in Jira Service Management: Wer genehmigen darf und ihn in den genehmigenden Status bringt, gibt den Zugang zurück, den eine Richtlinie entzogen hat; alle anderen bitten darum.',
  change: 'Anfragen ändern',
  project: 'Projekt',
  none: 'keines: kein Vorgang gibt etwas zurück',
  approves: 'Was genehmigt',
  approvesText: 'der Status „{{status}}“, durch jemanden, der genehmigen darf und nicht die Person ist',
  person: 'Um wessen Zugang es geht',
  reporter: 'wer den Vorgang gemeldet hat',
  inField: 'wen das Feld {{field}} nennt',
  projectHelp: 'Vorgänge jedes anderen Projekts bitten um nichts.',
  projectExample: 'HELP',
  projectWrong: 'Ein Schlüssel hat Großbuchstaben, Ziffern und Unterstriche, etwa HELP.',
  field: 'ID des Feldes, das die Person nennt',
  fieldHelp:
    'Ein Feld für eine Person. Leer für die meldende Person, die oft eine andere ist: Wer gesperrt ist, kann nichts melden.',
  fieldExample: 'customfield_10050',
  fieldWrong: 'Eine ID hat Buchstaben, Ziffern und Unterstriche, etwa customfield_10050.',
  off: 'Keine Anfragen',
  askedIn: 'Vorgänge in {{project}} bitten um Zugänge',
  askedNowhere: 'Kein Vorgang bittet um einen Zugang',
  inShort: '{{project}}, „{{status}}“, {{person}}',
};
