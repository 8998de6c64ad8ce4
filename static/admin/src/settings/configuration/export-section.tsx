import { useState } from 'react';
import { FailureMessage } from '../../asking/failure-message';
import { Failure } from '../../failure';
import { useDesk } from '../../page/desk';
import { OrderButton } from '../../shown/order-button';
import { Section } from '../../shown/section';
import { useTexts } from '../../texts/use-texts';
import { downloadConfiguration } from './download-configuration';
import { exported } from './exported';
import './export-section.css';

const IN_IT = ['settings', 'policies', 'exemptions', 'fields', 'lists', 'trend'] as const;
const NOT_IN_IT = ['key', 'log', 'runs', 'chains', 'people'] as const;

/** The configuration as a file. */
export function ExportSection() {
  const { backend } = useDesk();
  const { say } = useTexts();
  const [share, setShare] = useState<number>();
  const [failure, setFailure] = useState<Failure>();
  const save = async () => {
    setFailure(undefined);
    setShare(0);
    try {
      downloadConfiguration(await exported(backend.call, setShare));
    } catch (cause) {
      setFailure(Failure.from(cause));
    } finally {
      setShare(undefined);
    }
  };
  return (
    <Section
      title={say('configuration.export')}
      actions={
        <OrderButton isLoading={share !== undefined} onClick={() => void save()}>
          {say('configuration.download')}
        </OrderButton>
      }
    >
      <p>{say('configuration.exportText')}</p>
      <div className="configuration-holds">
        <Holds title={say('configuration.inIt')} things={IN_IT.map((thing) => say(`configuration.in.${thing}`))} />
        <Holds
          title={say('configuration.notInIt')}
          things={NOT_IN_IT.map((thing) => say(`configuration.out.${thing}`))}
        />
      </div>
      <span role="status">
        {share !== undefined && say('configuration.read', { percent: Math.round(share * 100) })}
      </span>
      {failure && <FailureMessage failure={failure} title={say('configuration.notExported')} />}
    </Section>
  );
}

function Holds({ title, things }: { title: string; things: string[] }) {
  return (
    <div>
      <strong>{title}</strong>
      <ul>
        {things.map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ul>
    </div>
  );
}
