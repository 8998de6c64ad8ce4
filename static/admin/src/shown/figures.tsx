import type { Route } from '../page/route';
import { Link } from './link';
import { useTexts } from '../texts/use-texts';
import './figures.css';

export interface Figure {
  label: string;
  /** `undefined` where it is not known. */
  value: number | undefined;
  /** What the figure counts, on hover. */
  meaning?: string;
  tone?: 'good' | 'bad' | 'caution';
  /** Chosen as a filter. */
  chosen?: boolean;
  onChoose?: () => void;
  /** Where whoever wants to see what is counted is led. */
  to?: Route;
}

/** A row of figures; one that can be chosen is a toggle button, one that leads somewhere a link. */
export function Figures({ figures, label }: { figures: Figure[]; label: string }) {
  const { number } = useTexts();
  return (
    <ul className="figures" aria-label={label}>
      {figures.map((figure) => (
        <li key={figure.label}>
          <FigureBox figure={figure} text={figure.value === undefined ? '–' : number(figure.value)} />
        </li>
      ))}
    </ul>
  );
}

function FigureBox({ figure, text }: { figure: Figure; text: string }) {
  const content = (
    <>
      <span className="figure-value" data-tone={figure.value ? figure.tone : undefined}>
        {text}
      </span>
      <span className="figure-label">{figure.label}</span>
    </>
  );
  if (figure.to) {
    return (
      <Link to={figure.to} className="figure" title={figure.meaning}>
        {content}
      </Link>
    );
  }
  return figure.onChoose ? (
    <button
      type="button"
      className="figure"
      aria-pressed={figure.chosen ?? false}
      title={figure.meaning}
      onClick={figure.onChoose}
    >
      {content}
    </button>
  ) : (
    <div className="figure" title={figure.meaning}>
      {content}
    </div>
  );
}
