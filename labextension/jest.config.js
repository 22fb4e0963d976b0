// JupyterLab's packages are ES modules: Jest runs CommonJS, so these are compiled like our own sources.
const esModules = [
  '@jupyter/',
  '@jupyterlab/',
  '@microsoft',
  '@rjsf',
  'exenv-es6',
  'lib0',
  'nanoid',
  'y-protocols',
  'yjs'
].join('|');

module.exports = {
  testEnvironment: 'jsdom',
  setupFiles: ['<rootDir>/jest.setup.js'],
  testRegex: 'src/.*\\.spec\\.tsx?$',
  moduleNameMapper: {
    '\\.css$': '<rootDir>/jest.empty.js',
    '\\.svg$': '<rootDir>/jest.svg.js'
  },
  transform: {
    '\\.[jt]sx?$': ['ts-jest', { tsconfig: 'tsconfig.test.json' }]
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules}))`]
};
