import { useId } from 'react';
import { Link } from '../shown/link';
import { useTexts } from '../texts/use-texts';
import { GROUPS, type SettingsPart } from './settings-parts';
import './settings-nav.css';

/** The parts of the settings, each under an address of its own. */
export function SettingsNav({ here }: { here: SettingsPart }) {
  const { say } = useTexts();
  const id = useId();
  return (
    <nav className="settings-nav" aria-label={say('settings.parts')}>
      {GROUPS.map(({ group, parts }) => (
        <div key={group} className="settings-group">
          <span id={`${id}-${group}`} className="settings-group-title">
            {say(`settings.group.${group}`)}
          </span>
          <ul aria-labelledby={`${id}-${group}`}>
            {parts.map((part) => (
              <li key={part}>
                <Link className="settings-place" to={{ page: 'settings', part }} isHere={part === here}>
                  {say(`settings.part.${part}`)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
