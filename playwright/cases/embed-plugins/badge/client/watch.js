// For the watch page: an embed that loads it is found out by the request.
export function register() {}
