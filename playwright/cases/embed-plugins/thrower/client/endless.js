export const register = () => new Promise(() => {})
