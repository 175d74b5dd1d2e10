/**
 * Lists of people who receive something are never held here. A table is refused before anything of it is stored when its headings
 * or its cells are about persons: identity numbers, dates of birth, families, or names of persons beside their phones.
 */
import { norm } from '#engines/text/index.ts';
import { foldDigits } from '#kernel/digits.ts';

const bare = (text: string): string => norm(text).replace(/[^\p{L}\p{N}#+]+/gu, ' ').trim();

/** One such heading is enough: no organisation has it. Written as `norm` writes them. */
const OF_PERSONS = [
  /\b(national|identity) ?(id|no|number|card)\b|\bid ?card\b|passport|(^| )الرقم الوطني|رقم وطني|رقم ال?هويه|هويه شخصيه|البطاقه الشخصيه|جواز سفر|الرقم الشخصي|hejmara nasname/,
  /\bbirth|\bdob\b|\bage\b|ميلاد|تولد|المواليد|(^| )العمر( |$)|jidayik/, /(father|mother|husband|wife|spouse|grandfather)( ?s)? ?name|اسم ال?(اب|ام|زوج|زوجه|جد)( |$)|اسم الوالده?( |$)|nave bav/,
  /family (size|members|book|head)|head of (family|household)|household (head|size|members)|رب ال?اسره|افراد ال?(اسره|عائله)|دفتر ال?عائله|#hh/,
  /marital|الحاله الاجتماعيه|\bgender\b|\bsex\b|(^| )الجنس/, /(first|last|sur|given|family) ?name of|اسماء ال?(مستفيد|منتفع|اشخاص)/,
] as const;
/** How many they are is told everywhere; who they are is told nowhere: such a column may hold numbers only. */
const RECEIVING = /beneficiar|مستفيد|منتفع|sudmend/;
/** Two of these, where nothing says that the rows are organisations. */
const NEAR_PERSONS = [/first ?name|given ?name|الاسم الاول/, /last ?name|sur ?name|family ?name|الكنيه|اللقب|النسبه/, /full ?name|الاسم الثلاثي|الاسم الكامل|اسم ونسبه|الاسم والكنيه|person( |$)/, /phone|mobile|هاتف|جوال|موبايل|telefon|رقم التواصل/] as const;

/** The eleven digits of the civil register, alone or in a sentence. */
const IDENTITY = /(?<!\d)(?:0[1-9]|1[0-4])\d{9}(?!\d)/;
const MOBILE = /^(?:\+?963|0)?9\d{8}$/;
const BIRTH = /^(?:(?:19[2-9]\d|20[01]\d)[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19[2-9]\d|20[01]\d))$/;
/** Two to four words of letters, none of which belongs to an organisation. */
const PERSON_NAME = /^\p{L}{2,}(?: \p{L}{2,}){1,3}$/u;
const ORGANISED = /جمعي|منظم|مؤسس|موسس|هيئ|نقاب|اتحاد|لجن|مركز|شرك|جامع|مبادر|فريق|رابط|نادي|مجلس|صندوق|دار |بيت |org|assoc|found|society|union|committee|cent|company|univer|team|club|council|network|agency|program|relief|care|aid/i;
/** Names that many people have and no organisation begins with («نور» and «أمل» are left out). Written as `norm` writes them. */
const GIVEN = new Set(('محمد احمد محمود مصطفي علي حسن حسين عمر عثمان خالد وليد سامر رامي رامز فادي شادي هاني هادي ماهر ماجد مازن مروان معتز ياسر ياسين يوسف يحيي ابراهيم اسماعيل اسحاق عيسي موسي جورج الياس ميشيل حنا '
  + 'طارق زياد غسان عدنان نبيل نزار باسل بشار بسام جمال كمال جلال سعيد سليمان سمير صالح صلاح طلال عادل عامر عماد عمار عصام فراس فيصل قاسم لوي مجد معن منير مهند نادر ناصر هشام هيثم وائل وسيم '
  + 'عبدالله عبدالرحمن عبدالكريم عبدالقادر عبدالرحيم عبدالعزيز عبداللطيف عبدالحميد انس ايمن ايهم اياد اسامه ادهم امجد بلال حازم حمزه حيدر رضوان زكريا غياث مجاهد '
  + 'فاطمه عائشه خديجه زينب مريم مريانا ماريا مها منال منى مني رنا رانيا ريم رهف رغد رشا ربا سمر سميره سوسن سهام سهي سحر سلمي ساره سعاد ضحي عبير علا غاده غفران فاتن لينا ليلي لميس لمي مايا مروه '
  + 'ميساء ميس نادين نادي نسرين هبه هنا ياسمين يارا اسماء الاء اميره بتول جمانه حلا دعاء دانيا ديانا دينا روان روعه '
  + 'mohammad mohammed muhammad ahmad ahmed mahmoud mustafa ali hasan hassan hussein hussain omar othman khaled khalid walid samer rami fadi maher mazen marwan yasser yousef youssef ibrahim ismail george elias hanna tareq tarek ziad ghassan '
  + 'nabil basel bashar jamal kamal said sami samir saleh adel amer imad ammar issam firas qasem nader nasser hisham haitham wael abdullah abdulrahman anas ayman osama bilal hamza '
  + 'fatima fatimah aisha khadija zeinab zainab maryam mariam maha manal rana rania reem rasha samar samira sawsan sahar salma sara sarah suad abeer ola ghada lina layla leila maya marwa hiba yasmin yara amani amira hala hanan doaa dina rawan '
  + 'azad dilovan rojin berivan serhat agit shivan dilan zilan hevin ronahi sherin').split(' '));
const LOOKED_AT = 500;

export type Table = { headings: readonly string[]; rows: readonly (readonly string[])[]; /** columns that say something about organisations */ known: readonly (string | null)[] };

/** True where the table looks like a list of people. Looks at headings and at the first five hundred rows. */
export function looksLikeBeneficiaries({ headings, rows, known }: Table): boolean {
  const words = headings.map(bare);
  if (words.some((word) => OF_PERSONS.some((pattern) => pattern.test(word)))) return true;
  const sample = rows.slice(0, LOOKED_AT);
  const columns = headings.map((_, at) => sample.map((row) => foldDigits(row[at] ?? '').trim()).filter((cell) => cell !== ''));
  if (columns.some((cells, at) => RECEIVING.test(words[at]!) && cells.some((cell) => !/^[\d\s.,٬]+$/.test(cell)))) return true;
  const organised = known.some((key) => key !== null && ['kind', 'sectors', 'sector', 'services', 'licence_number', 'expertise', 'about', 'what'].includes(key));
  if (!organised && NEAR_PERSONS.filter((pattern) => words.some((word) => pattern.test(word))).length >= 2) return true;
  return columns.some((cells, at) => holds(cells, known[at] ?? null)) || namesWithPhones(columns, organised);
}

const most = (cells: readonly string[], is: (cell: string) => boolean, share: number): boolean => cells.length > 0 && cells.filter(is).length >= Math.max(2, cells.length * share);
const digits = (cell: string): string => cell.replace(/[\s\-–./]/g, '');

/** Identity numbers are of persons in every column but that of licences; dates of birth in none that we know. */
function holds(cells: readonly string[], key: string | null): boolean {
  if (key !== 'licence_number' && key !== 'phone' && most(cells, (cell) => IDENTITY.test(digits(cell)) || IDENTITY.test(cell), 0.3)) return true;
  return key === null && most(cells, (cell) => BIRTH.test(cell), 0.6) && most(cells, (cell) => Number(/(19|20)\d\d/.exec(cell)?.[0] ?? 2100) < 2016, 0.6);
}

/** A column of names of persons beside one of mobile numbers; where other columns speak of organisations, the names have to be those of people, and not only of two words. */
function namesWithPhones(columns: readonly (readonly string[])[], organised: boolean): boolean {
  const isPerson = (cell: string) => PERSON_NAME.test(cell) && !ORGANISED.test(norm(cell)) && (!organised || GIVEN.has(givenName(cell)));
  return columns.some((cells) => most(cells, isPerson, organised ? 0.5 : 0.7)) && columns.some((cells) => most(cells, (cell) => MOBILE.test(digits(cell)), 0.6));
}

/** «عبد الله» is one name. */
const givenName = (cell: string): string => norm(cell).toLowerCase().trim().replace(/^عبد /, 'عبد').split(' ')[0]!;
