import type { Translation } from '../catalogue.ts';
import type { webhook as english } from '../en-US/webhook.ts';

export const webhook: Translation<typeof english> = {
  title: 'Webhook für Berichte',
  meaning:
    'Was neu ist, kann auch an eine HTTPS-Adresse gehen: an einen Chat wie Slack oder einen eigenen Dienst. Jede Nachricht ist signiert und wird einige Stunden lang erneut geschickt, bis sie angenommen ist; sie kann zweimal ankommen.',
  receiver: 'Empfänger',
  none: 'keiner: nichts verlässt Atlassian',
  at: '{{host}}, eine Adresse, die mit {{ending}} endet',
  saved: 'Eingetragen oder mit neuem Schlüssel',
  set: 'Adresse eintragen',
  change: 'Webhook ändern',
  newKey: 'Neuen Schlüssel machen',
  newKeyText:
    'Nachrichten sind von nun an mit dem neuen Schlüssel signiert. Der Empfänger glaubt ihnen wieder, sobald er diesen Schlüssel kennt. Die Adresse bleibt.',
  test: 'Testnachricht schicken',
  testArrived: 'Der Empfänger hat die Testnachricht angenommen',
  testFailed: 'Die Testnachricht wurde nicht angenommen',
  url: 'Adresse',
  urlHelp:
    'Sie beginnt mit https:// und bleibt geheim: Sie wird nie wieder ganz gezeigt und steht in keinem Protokoll und keinem Export. Atlassian bittet Sie zu bestätigen, dass die App dorthin senden darf.',
  urlMissing: 'Tragen Sie die Adresse ein',
  urlWrong: 'Tragen Sie eine Adresse wie https://hooks.example.com/services/x ein',
  off: 'Nichts senden',
  offSaved: 'An einen Webhook wird nichts mehr gesendet',
  keyTitle: 'Der Schlüssel, der Nachrichten signiert',
  keyText:
    'Geben Sie diesen Schlüssel dem Empfänger; an ihm erkennt er, dass eine Nachricht von Seatkeeper ist. Er wird nur dieses eine Mal gezeigt; ein neuer lässt sich jederzeit machen. Ein Chat braucht ihn nicht.',
  key: 'Schlüssel',
  kept: 'Ich brauche ihn nicht mehr',
  notAllowed: 'Atlassian hat die App nicht an diese Adresse senden lassen ({{detail}})',
  notAllowedHint:
    'Bestätigen Sie, was Atlassian fragt, als Administrator von Jira. Was erlaubt ist, steht in der Atlassian-Administration bei der Datenverwaltung der App.',
};
