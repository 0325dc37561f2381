/**
 * The 25 children's halls and their 61 新BOPs, as the contract's 別紙1 lists them (Q03). Codes and names are the ward's:
 * every character is kept as it is (駒繫 is written with U+7E6B, not 繋).
 */
export interface Bop {
  readonly code: string;
  readonly name: string;
}
export interface Hall {
  readonly code: string;
  readonly name: string;
  readonly bops: readonly Bop[];
}

export const HALLS: readonly Hall[] = [
  {
    code: '01',
    name: '池尻児童館',
    bops: [
      { code: '2', name: '三宿小新BOP' },
      { code: '4', name: '太子堂小新BOP' },
      { code: '9', name: '多聞小新BOP' },
      { code: '28', name: '池尻小新BOP' },
    ],
  },
  {
    code: '02',
    name: '若林児童館',
    bops: [
      { code: '1', name: '若林小新BOP' },
      { code: '22', name: '山崎小新BOP' },
      { code: '31', name: '城山小新BOP' },
    ],
  },
  {
    code: '03',
    name: '弦巻児童館',
    bops: [
      { code: '12', name: '駒沢小新BOP' },
      { code: '21', name: '弦巻小新BOP' },
      { code: '25', name: '三軒茶屋小新BOP' },
      { code: '27', name: '松丘小新BOP' },
    ],
  },
  {
    code: '04',
    name: '野沢児童館',
    bops: [
      { code: '13', name: '旭小新BOP' },
      { code: '14', name: '中里小新BOP' },
      { code: '18', name: '駒繫小新BOP' },
      { code: '23', name: '中丸小新BOP' },
    ],
  },
  {
    code: '05',
    name: '上町児童館',
    bops: [
      { code: '5', name: '桜小新BOP' },
      { code: '10', name: '世田谷小新BOP' },
    ],
  },
  {
    code: '06',
    name: '桜丘児童館',
    bops: [
      { code: '6', name: '桜丘小新BOP' },
      { code: '29', name: '笹原小新BOP' },
    ],
  },
  {
    code: '07',
    name: '代田児童館',
    bops: [
      { code: '19', name: '池之上小新BOP' },
      { code: '65', name: '下北沢小新BOP' },
    ],
  },
  {
    code: '08',
    name: '松沢児童館',
    bops: [
      { code: '11', name: '松沢小新BOP' },
      { code: '15', name: '松原小新BOP' },
      { code: '26', name: '赤堤小新BOP' },
    ],
  },
  {
    code: '09',
    name: '代田南児童館',
    bops: [
      { code: '7', name: '代沢小新BOP' },
      { code: '24', name: '代田小新BOP' },
    ],
  },
  {
    code: '10',
    name: '等々力児童館',
    bops: [
      { code: '36', name: '八幡小新BOP' },
      { code: '37', name: '奥沢小新BOP' },
      { code: '38', name: '尾山台小新BOP' },
      { code: '40', name: '東玉川小新BOP' },
      { code: '42', name: '九品仏小新BOP' },
      { code: '47', name: '玉堤小新BOP' },
    ],
  },
  {
    code: '11',
    name: '玉川台児童館',
    bops: [
      { code: '34', name: '京西小新BOP' },
      { code: '41', name: '桜町小新BOP' },
      { code: '43', name: '瀬田小新BOP' },
    ],
  },
  {
    code: '12',
    name: '森の児童館',
    bops: [
      { code: '33', name: '玉川小新BOP' },
      { code: '46', name: '中町小新BOP' },
    ],
  },
  {
    code: '13',
    name: '深沢児童館',
    bops: [
      { code: '39', name: '東深沢小新BOP' },
      { code: '44', name: '等々力小新BOP' },
    ],
  },
  {
    code: '14',
    name: '上用賀児童館',
    bops: [{ code: '45', name: '用賀小新BOP' }],
  },
  {
    code: '15',
    name: '新町児童館',
    bops: [{ code: '32', name: '深沢小新BOP' }],
  },
  {
    code: '16',
    name: '船橋児童館',
    bops: [
      { code: '20', name: '経堂小新BOP' },
      { code: '56', name: '船橋小新BOP' },
      { code: '63', name: '希望丘小新BOP' },
    ],
  },
  {
    code: '17',
    name: '喜多見児童館',
    bops: [{ code: '61', name: '喜多見小新BOP' }],
  },
  {
    code: '18',
    name: '成城さくら児童館',
    bops: [
      { code: '51', name: '砧小新BOP' },
      { code: '52', name: '明正小新BOP' },
    ],
  },
  {
    code: '19',
    name: '山野児童館',
    bops: [{ code: '59', name: '山野小新BOP' }],
  },
  {
    code: '20',
    name: '祖師谷児童館',
    bops: [
      { code: '49', name: '塚戸小新BOP' },
      { code: '50', name: '祖師谷小新BOP' },
    ],
  },
  {
    code: '21',
    name: '鎌田児童館',
    bops: [
      { code: '35', name: '二子玉川小新BOP' },
      { code: '57', name: '砧南小新BOP' },
    ],
  },
  {
    code: '22',
    name: '烏山児童館',
    bops: [
      { code: '53', name: '烏山北小新BOP' },
      { code: '58', name: '給田小新BOP' },
      { code: '62', name: '武蔵丘小新BOP' },
    ],
  },
  {
    code: '23',
    name: '上北沢児童館',
    bops: [
      { code: '17', name: '上北沢小新BOP' },
      { code: '54', name: '八幡山小新BOP' },
    ],
  },
  {
    code: '24',
    name: '上祖師谷ぱる児童館',
    bops: [
      { code: '48', name: '烏山小新BOP' },
      { code: '60', name: '千歳小新BOP' },
    ],
  },
  {
    code: '25',
    name: '粕谷児童館',
    bops: [
      { code: '55', name: '芦花小新BOP' },
      { code: '64', name: '千歳台小新BOP' },
    ],
  },
];
