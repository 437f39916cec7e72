"""The formats that newsrooms exchange: NewsML-G2, NITF, ninjs, WordPress exports."""
