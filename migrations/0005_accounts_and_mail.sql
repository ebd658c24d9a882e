CREATE TABLE `challenges` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`purpose` text NOT NULL,
	`email` text NOT NULL,
	`user_version` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`code_expires_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`redemption` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `challenges_email` ON `challenges` (`email`);--> statement-breakpoint
CREATE INDEX `challenges_user_id` ON `challenges` (`user_id`);--> statement-breakpoint
CREATE INDEX `challenges_expires_at` ON `challenges` (`expires_at`);--> statement-breakpoint
CREATE TABLE `mail_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`purpose` text NOT NULL,
	`requested_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `mail_requests_key` ON `mail_requests` (`key`,`requested_at`);--> statement-breakpoint
CREATE INDEX `mail_requests_requested_at` ON `mail_requests` (`requested_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`message` text NOT NULL,
	`email` text NOT NULL,
	`locale` text,
	`challenge_id` text,
	`code_expires_at` integer,
	`expires_at` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`retry_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outbox_retry_at` ON `outbox` (`retry_at`);--> statement-breakpoint
CREATE INDEX `outbox_expires_at` ON `outbox` (`expires_at`);--> statement-breakpoint
ALTER TABLE `users` ADD `email_verified_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `undeliverable_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `locale` text;