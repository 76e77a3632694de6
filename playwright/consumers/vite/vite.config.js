// A build that may lie in any folder.
export default { base: './', clearScreen: false, logLevel: 'warn' }
