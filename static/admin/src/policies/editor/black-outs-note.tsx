import { useDesk } from '../../page/desk';
import { windowsText } from '../../shown/black-outs';
import { Link } from '../../shown/link';
import { useTexts } from '../../texts/use-texts';
import { useOrganizationBlackOuts } from './organization-black-outs';

/** The organization's black-outs, where there are any: they keep this policy from starting, too. */
export function BlackOutsNote() {
  const { zone, except = [] } = useOrganizationBlackOuts();
  const { say, show } = useTexts();
  const { viewer } = useDesk();
  if (except.length === 0) return null;
  return (
    <p className="form-field-help">
      {show('editor.organizationBlackOuts', {
        windows: windowsText(except, viewer.locale, say),
        zone,
        link: <Link to={{ page: 'settings', part: 'limits' }}>{say('editor.seeBlackOuts')}</Link>,
      })}
    </p>
  );
}
