-- Dumps list tables in the order in which they were made, and load only if what is referenced comes before what refers to it:
-- `sessions` is made anew, behind `users`.
CREATE TABLE `sessions_anew` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`generation` integer NOT NULL,
	`started_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`rotated_at` integer,
	`shared` integer DEFAULT false NOT NULL,
	`address_prefix` text,
	`country` text,
	`user_agent` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `sessions_anew` (`id`, `user_id`, `generation`, `started_at`, `expires_at`, `revoked_at`, `rotated_at`, `shared`, `address_prefix`, `country`, `user_agent`)
SELECT `id`, `user_id`, `generation`, `started_at`, `expires_at`, `revoked_at`, `rotated_at`, `shared`, `address_prefix`, `country`, `user_agent` FROM `sessions`;
--> statement-breakpoint
DROP TABLE `sessions`;--> statement-breakpoint
ALTER TABLE `sessions_anew` RENAME TO `sessions`;--> statement-breakpoint
CREATE INDEX `sessions_user_id` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires_at` ON `sessions` (`expires_at`);
