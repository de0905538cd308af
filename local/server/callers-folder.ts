/**
 * npm runs scripts in the project's folder and tells where it was called: paths on the command line start there.
 * @returns the project's folder
 */
export function enterCallersFolder(script: string): string {
  const project = process.cwd();
  const { npm_lifecycle_event: running, INIT_CWD: caller } = process.env;
  if (running === script && caller !== undefined) process.chdir(caller);
  return project;
}
