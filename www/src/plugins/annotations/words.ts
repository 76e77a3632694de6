// What the annotation plugin says, in all languages of the interface: a plugin brings its own words.

const words = (notes: string, goOn: string) => ({ notes, goOn });

export const WORDS = {
  en: words('Notes over the picture', 'Go on'),
  ar: words('ملاحظات فوق الصورة', 'متابعة'),
  de: words('Notizen über dem Bild', 'Weiter'),
  es: words('Notas sobre la imagen', 'Continuar'),
  fa: words('یادداشت‌ها روی تصویر', 'ادامه'),
  fr: words('Notes sur l’image', 'Continuer'),
  he: words('הערות מעל התמונה', 'המשך'),
  it: words('Note sull’immagine', 'Continua'),
  ja: words('映像上のメモ', '続ける'),
  nl: words('Notities over het beeld', 'Doorgaan'),
  pl: words('Notatki na obrazie', 'Dalej'),
  'pt-BR': words('Notas sobre a imagem', 'Continuar'),
  ru: words('Заметки поверх картинки', 'Дальше'),
  uk: words('Нотатки поверх зображення', 'Далі'),
  'zh-Hans': words('画面上的注释', '继续'),
  'zh-Hant': words('畫面上的註解', '繼續'),
};
