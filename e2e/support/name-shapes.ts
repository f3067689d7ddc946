const splitLines = (text: string) =>
  text
    .split('\n')
    .flatMap((line) => line.split('|'))
    .map((name) => name.trim())
    .filter(Boolean);

/** Spanish and Portuguese: accents, ñ, particles, compounds, abbreviations, single letters. */
const IBERIAN = splitLines(`
María|José|Ángel|Íñigo|Iñaki|Begoña|Zoé|Óscar|Úrsula|Águeda|Ítalo|Ñusta|Saúl|Raúl|Inés|Andrés|Noé|Renée|Anaís|Joaquín
María José|José María|María del Carmen|María de los Ángeles|Juan de Dios|María Fernanda|Luz del Alba|Flor de María
Ma. Guadalupe|J. Refugio|Ma.|M.ª Luisa|Mª Teresa|Fco. Javier|J Jesús|Ma Elena|Ju. Carlos|José A.
Peña|Muñoz|Núñez|Ibáñez|Güemes|Argüelles|Agüero|Cigüeña|Pingüino|Yáñez|Ordóñez|Zúñiga|Íñiguez|Ávila|Ángeles|Éufrates
de la O|De la Cruz|de los Santos|del Río|De León|de la Garza|De las Casas|del Ángel|de Jesús|De Ávila|de la Peña y Lillo
Ponce de León|Díaz de la Vega|Montes de Oca|Ladrón de Guevara|Fernández de Córdoba|Cabeza de Vaca|Álvarez del Castillo
Ortega y Gasset|Ramón y Cajal|Pi i Margall|López y López|Puig i Cadafalch|San Martín|Santa Cruz|Santa María|San Juan
Mac Gregor|Mc Allister|MacLean|McDonald|O'Farrill|O’Gorman|O Reilly|D'Acosta|D’Alessio|L'Hoste|Sant'Anna|Dall'Orto
García-Huidobro|Pérez-Reverte|González-Iñárritu|Sáenz-Díez|López-Mena|Ruiz-Funes y Montes|Azcárraga-Milmo
O|Ó|E|I|U|Y|Ñ|Li|Ku|Uc|Pi|Ek|Ix|Chí|Tzec|Ké|Xool|Dzul|Ch'en|Tz'utujil|K'inich|Pech|Canché|Xiu
da Silva|dos Santos|de Souza e Silva|d'Ávila|Conceição|João|Antônio|Luís|Inês|Lourenço|Gonçalves|Simões|Camões|Guimarães
Xóchitl|Cuauhtémoc|Nezahualcóyotl|Tlacaélel|Citlalli|Yaretzi|Itzel|Quetzalli|Tonatiuh|Huitzilíhuitl|Ameyalli|Meztli
`);

/** The rest of the Latin script. */
const LATIN = splitLines(`
Zoë|Chloë|Noël|Björn|Jörg|Jürgen|Søren|Åse|Øyvind|Łukasz|Żaneta|Świętosława|Čeněk|Dvořák|Růžička|Ștefan|Țăndărică|Đorđe
Šarūnas|Žydrūnas|Ķēniņš|Ģirts|Õnne|Ülle|Þór|Æsa|Guðrún|Sigurðardóttir|Jón|Ásdís|Ó Súilleabháin|Ní Dhomhnaill|Siân|Llŷr|Ŵyn
Nguyễn|Trần|Phạm|Đặng|Huỳnh|Vũ|Lê|Nguyễn Thị Ánh Tuyết|Bùi|Đỗ|Ngô|Ng|Wu|Xu|Qi|Ang|Tsz Ho|Xiù|Lǚ|Nǚ
van der Berg|van den Broek|von Grünberg|ten Hoor|ter Haar|'t Veld|van 't Hoff|d'Hondt|de Vries-Bakker|IJsbrand|du Plessis
Ka'ahumanu|Kealiʻi|Nālani|N'Diaye|N’Golo|M'Baye|T'Pau|D'Shawn|Ta-Tanehisi|Lateesha-Ann|Sh'ron|Ngũgĩ|Ọláolúwa|Ṣadé|Ẹbùn
İbrahim|Işık|Gökçe|Çağla|Şükrü|Öztürk|Yıldız|Ağaoğlu|Əliyev|Ġorġ|Ħaż-Żebbuġ|Żerafa|Čović|Đukanović|Žižek|Krleža|Ćosić
Smith Jr.|Smith, Jr.|King III|Windsor II|St. John|St John-Smythe|Saint-Exupéry|Jean-Luc|Anne-Marie|Marie-Ève|Jean-François
Null|None|True|Undefined|NaN|Test|Admin|Root|Select|Drop|Void|Nil|Empty|Name|String|Number|Yes|No
X Æ A-12|Jennifer 8.|Number 16|Blessing-Grace|Mary-Kate Olive|Lou-Anne|Bo|Al|Jo|Cy|Ty|Ed|J.|J.R.|A. J.|C. S.|T.J.
`);

/** Other scripts. */
const SCRIPTS = splitLines(`
王|李|张伟|欧阳娜娜|司馬遼太郎|陳大文|黃|林|諸葛亮|上官|𠮷野|山田太郎|佐藤|さくら|あいこ|タカシ|ジョン・スミス|渡邉|齋藤
김|이|박서준|남궁민수|선우|황보|독고영재|최|정다은|권
Иван|Пётр|Наталья|Ольга Ивановна|Щукин|Ёлкина|Хрущёв|Джамбул|Їжакевич|Ґалаґан|Ћирић|Љубица|Њежић|Џон|Өмүрбек|Ұлжан
Γιώργος|Μαρία|Παπαδόπουλος|Ευάγγελος|Ώρα|Αθηνά|Ξένια|Ψάλτης
محمد|فاطمة|عبد الرحمن|علي‌رضا|أحمد|آمنة|الحسيني|بن يوسف|أبو بكر|مريم|لیلا|شهرزاد
דוד|שרה|בן־דוד|יוסף חיים|רבקה|ז'בוטינסקי|נחמיה
राम|सीता|श्रीकृष्ण|लक्ष्मी|अर्जुन सिंह|क्षितिज|মোহাম্মদ|রবীন্দ্র|ਗੁਰਪ੍ਰੀਤ|ગૌતમ|முருகன்|தமிழ்ச்செல்வி|రాముడు|ಕನ್ನಡಿಗ|മലയാളി
สมชาย|วรรณา|ณัฐพงษ์|ສົມສັກ|သီရိ|សុខា|გიორგი|თამარ|Արամ|Նարինե|አበበ|ሐና|ᓄᓇᕗᑦ|ᏣᎳᎩ
`);

/** Spellings from phones and pastes: decomposed accents, unusual spaces and quotes, extreme lengths. */
const INPUT_VARIANTS = [
  ...['José', 'Ñandú', 'Núñez', 'Đặng', 'Øyvind'].map((name) => name.normalize('NFD')),
  'GARCÍA',
  'garcía',
  'gArCíA',
  'MARÍA DEL CARMEN',
  'DE LA O',
  'McDONALD',
  'María\u00a0José',
  'Jean\u2010Luc',
  'Jean\u2011Luc',
  'Anne\u2013Marie',
  'O\u2018Brien',
  'O\u02bcBrien',
  'O`Brien',
  'O´Higgins',
  'A'.repeat(100),
  `${'Ana '.repeat(24)}Sol`,
  'Wolfeschlegelsteinhausenbergerdorff',
  'Rhoshandiatellyneshiaunneveshenk',
];

/** Invented names, each with a property that software often mishandles. */
export const NAME_SHAPES: readonly string[] = [...new Set([...IBERIAN, ...LATIN, ...SCRIPTS, ...INPUT_VARIANTS])];
