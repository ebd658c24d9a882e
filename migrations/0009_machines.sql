CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`client_id` text,
	`name` text NOT NULL,
	`mac` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`last_used_at` integer,
	`last_refused_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "api_keys_one_owner" CHECK((user_id IS NULL) <> (client_id IS NULL))
);
--> statement-breakpoint
CREATE INDEX `api_keys_user_id` ON `api_keys` (`user_id`,`revoked_at`,`created_at`,`id`) WHERE user_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `api_keys_client_id` ON `api_keys` (`client_id`,`revoked_at`,`created_at`,`id`) WHERE client_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `api_keys_expires_at` ON `api_keys` (`expires_at`) WHERE expires_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `api_keys_revoked_at` ON `api_keys` (`revoked_at`) WHERE revoked_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `clients` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`scopes` text DEFAULT '[]' NOT NULL,
	`secrets` text DEFAULT '[]' NOT NULL,
	`jwks` text,
	`version` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	`last_used_at` integer,
	`last_refused_at` integer
);
--> statement-breakpoint
CREATE INDEX `clients_created_at` ON `clients` (`created_at`,`id`);