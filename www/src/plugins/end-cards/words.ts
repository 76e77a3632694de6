// What the cards say, in all languages of the interface. What `Intl` can say is not here; where a number would ask for a plural,
// the word stands before it.

const words = (cards: string, play: string, signatures: string, sign: string, calendar: string, cancelled: string, unknown: string) => ({
  lang: '',
  cards,
  play,
  signatures,
  sign,
  calendar,
  cancelled,
  unknown,
});

export type Words = ReturnType<typeof words>;

export const WORDS: Record<string, Words> = {
  en: words('End cards', 'Play', 'Signatures', 'Sign', 'Add to calendar', 'Cancelled', 'Details unavailable'),
  ar: words('بطاقات الختام', 'تشغيل', 'التوقيعات', 'وقّع', 'أضف إلى التقويم', 'أُلغي', 'التفاصيل غير متاحة'),
  de: words('Endkarten', 'Abspielen', 'Unterschriften', 'Unterschreiben', 'In den Kalender', 'Abgesagt', 'Details nicht verfügbar'),
  es: words('Tarjetas finales', 'Reproducir', 'Firmas', 'Firmar', 'Añadir al calendario', 'Cancelado', 'Detalles no disponibles'),
  fa: words('کارت‌های پایانی', 'پخش', 'امضاها', 'امضا کنید', 'افزودن به تقویم', 'لغو شد', 'جزئیات در دسترس نیست'),
  fr: words('Cartes de fin', 'Lire', 'Signatures', 'Signer', 'Ajouter au calendrier', 'Annulé', 'Détails indisponibles'),
  he: words('כרטיסי סיום', 'נגן', 'חתימות', 'לחתימה', 'הוספה ליומן', 'בוטל', 'הפרטים אינם זמינים'),
  it: words('Schede finali', 'Riproduci', 'Firme', 'Firma', 'Aggiungi al calendario', 'Annullato', 'Dettagli non disponibili'),
  ja: words('終了カード', '再生', '署名数', '署名する', 'カレンダーに追加', '中止', '詳細を取得できません'),
  nl: words('Eindkaarten', 'Afspelen', 'Handtekeningen', 'Ondertekenen', 'In agenda zetten', 'Afgelast', 'Details niet beschikbaar'),
  pl: words('Karty końcowe', 'Odtwórz', 'Podpisy', 'Podpisz', 'Dodaj do kalendarza', 'Odwołane', 'Szczegóły niedostępne'),
  'pt-BR': words('Cartões finais', 'Reproduzir', 'Assinaturas', 'Assinar', 'Adicionar à agenda', 'Cancelado', 'Detalhes indisponíveis'),
  ru: words('Финальные карточки', 'Воспроизвести', 'Подписи', 'Подписать', 'Добавить в календарь', 'Отменено', 'Подробности недоступны'),
  uk: words('Фінальні картки', 'Відтворити', 'Підписи', 'Підписати', 'Додати до календаря', 'Скасовано', 'Подробиці недоступні'),
  'zh-Hans': words('片尾卡片', '播放', '签名数', '签名', '添加到日历', '已取消', '无法获取详情'),
  'zh-Hant': words('片尾卡片', '播放', '連署數', '連署', '加入行事曆', '已取消', '無法取得詳情'),
};
for (const lang in WORDS) WORDS[lang]!.lang = lang;
