import { useDesk } from '../../../page/desk';
import { useTexts } from '../../../texts/use-texts';
import { isObject, textOf, withField, type Json, type JsonObject } from '../../json';
import { RemoveButton } from '../condition-editor';
import { useDraft } from '../draft';
import { ChoiceInput } from './choice-field';
import { MistakesAt } from './form-field';
import { LinesInput } from './lines-field';
import { OTHERS, freeLanguages, languageName } from './languages';
import type { FieldProps } from './text-field';

/** The words of a message: the same for everybody, or for some languages their own. */
export function MessageInput({ label, path, help, value, onChange }: FieldProps) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  const nameOf = useLanguageName();
  const texts = isObject(value) ? value : undefined;
  const usual = texts ? texts[OTHERS] : value;
  const free = freeLanguages(texts ?? {}).map((language) => ({ value: language, label: nameOf(language) }));
  return (
    <>
      {texts ? (
        <EachLanguage label={label} path={path} help={help} texts={texts} onChange={onChange} />
      ) : (
        <LinesInput label={label} path={path} help={help} value={value} onChange={onChange} />
      )}
      {!readOnly && textOf(usual) !== '' && free.length > 0 && (
        <ChoiceInput
          label={say('editor.addLanguage')}
          path=""
          value=""
          options={free}
          onChange={(language) => onChange({ ...(texts ?? { [OTHERS]: textOf(usual) }), [language]: textOf(usual) })}
        />
      )}
    </>
  );
}

interface EachLanguageProps {
  label: string;
  path: string;
  help: string | undefined;
  texts: JsonObject;
  onChange: (value: Json | undefined) => void;
}

function EachLanguage({ label, path, help, texts, onChange }: EachLanguageProps) {
  const { say } = useTexts();
  const nameOf = useLanguageName();
  const languages = [OTHERS, ...Object.keys(texts).filter((language) => language !== OTHERS)];
  return (
    <div className="form-languages" role="group" aria-label={label}>
      <MistakesAt path={path} />
      {languages.map((language) => (
        <div key={language} className="form-row">
          <LinesInput
            label={say('editor.messageIn', { language: nameOf(language) })}
            path={`${path}.${language}`}
            help={language === OTHERS ? help : undefined}
            value={texts[language]}
            onChange={(text) => onChange({ ...texts, [language]: text ?? '' })}
          />
          {language !== OTHERS && (
            <RemoveButton
              label={say('editor.removeWhat', { what: nameOf(language) })}
              onClick={() => onChange(without(texts, language))}
            />
          )}
        </div>
      ))}
    </div>
  );
}

/** The others' words alone are one text for everybody. */
function without(texts: JsonObject, language: string): Json | undefined {
  const left = withField(texts, language, undefined);
  return Object.keys(left).every((name) => name === OTHERS) ? left[OTHERS] : left;
}

function useLanguageName(): (language: string) => string {
  const { say } = useTexts();
  const { locale } = useDesk().viewer;
  return (language) => (language === OTHERS ? say('editor.otherLanguages') : languageName(language, locale));
}
