export default { base: './', clearScreen: false, logLevel: 'warn' }
