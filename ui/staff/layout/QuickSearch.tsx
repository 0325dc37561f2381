import { useState } from 'react';
import { useNavigate } from 'react-router';
import { SearchField } from '../../components/index.ts';

/** From every page straight to a receipt number or a name. `wide`: with room for names of more than one place. */
export function QuickSearch({ wide }: { wide: boolean }) {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  return (
    <SearchField
      id="quick-search"
      label="申請を探す（受付番号・氏名）"
      placeholder="受付番号・氏名"
      value={text}
      onChange={setText}
      className={wide ? 'w-full sm:w-96' : 'w-full sm:w-80'}
      onSearch={(value) => {
        if (value.trim() === '') return;
        void navigate(`/applications?q=${encodeURIComponent(value.trim())}`);
        setText('');
      }}
    />
  );
}
