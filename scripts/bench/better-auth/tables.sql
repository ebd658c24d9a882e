CREATE TABLE user (
  id text PRIMARY KEY NOT NULL, name text NOT NULL, email text NOT NULL UNIQUE, emailVerified integer DEFAULT false NOT NULL,
  image text, createdAt integer NOT NULL, updatedAt integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE session (
  id text PRIMARY KEY NOT NULL, expiresAt integer NOT NULL, token text NOT NULL UNIQUE, createdAt integer NOT NULL,
  updatedAt integer NOT NULL, ipAddress text, userAgent text,
  userId text NOT NULL REFERENCES user (id) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE INDEX session_userId_idx ON session (userId);
--> statement-breakpoint
CREATE TABLE account (
  id text PRIMARY KEY NOT NULL, accountId text NOT NULL, providerId text NOT NULL,
  userId text NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  accessToken text, refreshToken text, idToken text, accessTokenExpiresAt integer, refreshTokenExpiresAt integer, scope text,
  password text, createdAt integer NOT NULL, updatedAt integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX account_userId_idx ON account (userId);
--> statement-breakpoint
CREATE TABLE verification (
  id text PRIMARY KEY NOT NULL, identifier text NOT NULL, value text NOT NULL, expiresAt integer NOT NULL,
  createdAt integer NOT NULL, updatedAt integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX verification_identifier_idx ON verification (identifier);
--> statement-breakpoint
CREATE TABLE jwks (
  id text PRIMARY KEY NOT NULL, publicKey text NOT NULL, privateKey text NOT NULL, createdAt integer NOT NULL,
  expiresAt integer, alg text, crv text
);
