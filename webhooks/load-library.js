// JavaScript as it is: what compiles TypeScript makes a require of import(), which some libraries can't be loaded by.

/** Loads a package of the user's. Where import() is not to be had, as in Jest, require does for those that are no ES modules. */
exports.loadLibrary = (name) => import(name).catch(() => require(name));
