import { changes } from './changes.ts';
import { editor } from './editor.ts';
import { evidence } from './evidence.ts';
import { exemptions } from './exemptions.ts';
import { imported } from './import.ts';
import { known } from './known.ts';
import { log } from './log.ts';
import { overview } from './overview.ts';
import { page } from './page.ts';
import { people } from './people.ts';
import { policies } from './policies.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { shown } from './shown.ts';

/** The English texts, from which the others take their keys. One line a room. */
export const english = {
  changes,
  editor,
  evidence,
  exemptions,
  import: imported,
  known,
  log,
  overview,
  page,
  people,
  policies,
  runs,
  settings,
  shown,
} as const;
