import type { PostalPrefixes } from './postal-prefixes.ts';

/**
 * First characters of the postal codes of each state, by ISO 3166-2 code: `CMX:00-16,20`. Public lists of the postal services: SEPOMEX,
 * USPS (Publication 65, three digits), Canada Post, Correios (three digits), 4-72 (DANE codes). Argentina's first letter is the ISO
 * code; its older codes of four digits tell nothing.
 */
const PREFIXES: PostalPrefixes = {
  MX:
    'CMX:00-16 AGU:20 BCN:21-22 BCS:23 CAM:24 COA:25-27 COL:28 CHP:29-30 CHH:31-33 DUR:34-35 GUA:36-38 GRO:39-41 HID:42-43 ' +
    'JAL:44-49 MEX:50-57 MIC:58-61 MOR:62 NAY:63 NLE:64-67 OAX:68-71 PUE:72-75 QUE:76 ROO:77 SLP:78-79 SIN:80-82 SON:83-85 ' +
    'TAB:86 TAM:87-89 TLA:90 VER:91-96 YUC:97 ZAC:98-99',
  US:
    'NY:005,063,100-149 MA:010-027,055 RI:028-029 NH:030-038 ME:039-049 VT:050-059 CT:060-069 NJ:070-089 PA:150-196 DE:197-199 ' +
    'DC:200,202-205,569 VA:201,220-246 MD:206-219 WV:247-268 NC:270-289 SC:290-299 GA:300-319,398-399 FL:320-339,341-349 ' +
    'AL:350-369 TN:370-385 MS:386-397 KY:400-427 OH:430-459 IN:460-479 MI:480-499 IA:500-528 WI:530-549 MN:550-567 SD:570-577 ' +
    'ND:580-588 MT:590-599 IL:600-629 MO:630-658 KS:660-679 NE:680-693 LA:700-714 AR:716-729 OK:730-732,734-749 ' +
    'TX:733,750-799,885 CO:800-816 WY:820-831,834 ID:832-838 UT:840-847 AZ:850-865 NM:870-884 NV:889-898 CA:900-961 ' +
    'HI:967-968 OR:970-979 WA:980-994 AK:995-999',
  CA: 'NL:A NS:B PE:C NB:E QC:G-J ON:K-P MB:R SK:S AB:T BC:V NT:X NU:X YT:Y',
  BR:
    'SP:010-199 RJ:200-289 ES:290-299 MG:300-399 BA:400-489 SE:490-499 PE:500-569 AL:570-579 PB:580-589 RN:590-599 CE:600-639 ' +
    'PI:640-649 MA:650-659 PA:660-688 AP:689 AM:690-692,694-698 RR:693 AC:699 DF:700-727,730-736 GO:728-729,737-767 RO:768-769 ' +
    'TO:770-779 MT:780-788 MS:790-799 PR:800-879 SC:880-899 RS:900-999',
  AR: 'A:A B:B C:C D:D E:E F:F G:G H:H J:J K:K L:L M:M N:N P:P Q:Q R:R S:S T:T U:U V:V W:W X:X Y:Y Z:Z',
  CO:
    'ANT:05 ATL:08 DC:11 BOL:13 BOY:15 CAL:17 CAQ:18 CAU:19 CES:20 COR:23 CUN:25 CHO:27 HUI:41 LAG:44 MAG:47 MET:50 NAR:52 ' +
    'NSA:54 QUI:63 RIS:66 SAN:68 SUC:70 TOL:73 VAC:76 ARA:81 CAS:85 PUT:86 SAP:88 AMA:91 GUA:94 GUV:95 VAU:97 VID:99',
};

/** Returns the prefixes of these countries: the browser needs no others. */
export const listPostalPrefixes = (countries: readonly string[]): PostalPrefixes =>
  Object.fromEntries(countries.flatMap((country) => (PREFIXES[country] ? [[country, PREFIXES[country]]] : [])));
