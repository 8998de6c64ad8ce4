import { attempts } from './attempts.ts';
import { changes } from './changes.ts';
import { configuration } from './configuration.ts';
import { editor } from './editor.ts';
import { evidence } from './evidence.ts';
import { exemptions } from './exemptions.ts';
import { fields } from './fields.ts';
import { imported } from './import.ts';
import { known } from './known.ts';
import { lists } from './lists.ts';
import { log } from './log.ts';
import { news } from './news.ts';
import { overview } from './overview.ts';
import { page } from './page.ts';
import { people } from './people.ts';
import { policies } from './policies.ts';
import { reports } from './reports.ts';
import { requests } from './requests.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { shown } from './shown.ts';
import { webhook } from './webhook.ts';

/** The English texts, from which the others take their keys. One line a room. */
export const english = {
  attempts,
  changes,
  configuration,
  editor,
  evidence,
  exemptions,
  fields,
  import: imported,
  known,
  lists,
  log,
  news,
  overview,
  page,
  people,
  policies,
  reports,
  requests,
  runs,
  settings,
  shown,
  webhook,
} as const;
