// Made by the build from the texts that server and clients share.
declare module "texts:*" {
  const catalogue: { readonly [key: string]: string };
  export default catalogue;
}
