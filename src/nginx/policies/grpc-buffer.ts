import type { HttpRenderer } from '../parts.ts';

export const renderGrpcBuffer: HttpRenderer<'grpcBuffer'> = ({ kilobytes }, { text }) => ({
  proxy: text('policies/grpc-buffer.http.conf', { kilobytes }),
});
