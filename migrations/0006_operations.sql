CREATE TABLE `events` (
	`id` integer PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`user_id` text,
	`actor` text NOT NULL,
	`session_id` text,
	`address_prefix` text,
	`country` text,
	`user_agent` text,
	`request_id` text,
	`data` text
);
--> statement-breakpoint
CREATE INDEX `events_user_id` ON `events` (`user_id`);--> statement-breakpoint
CREATE INDEX `events_type` ON `events` (`type`);--> statement-breakpoint
CREATE TABLE `operator_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `operator_tokens_expires_at` ON `operator_tokens` (`expires_at`);--> statement-breakpoint
CREATE TABLE `user_roles` (
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`registered_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `user_roles_role` ON `user_roles` (`role`,`registered_at`,`user_id`);--> statement-breakpoint
CREATE INDEX `user_roles_user_id` ON `user_roles` (`user_id`);--> statement-breakpoint
ALTER TABLE `users` ADD `roles` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `claims` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `rights_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `users_registered_at` ON `users` (`registered_at`,`id`);--> statement-breakpoint
CREATE INDEX `users_admin` ON `users` (`registered_at`,`id`) WHERE admin = 1;--> statement-breakpoint
CREATE INDEX `users_disabled` ON `users` (`registered_at`,`id`) WHERE disabled_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `users_unverified` ON `users` (`registered_at`,`id`) WHERE email_verified_at IS NULL;--> statement-breakpoint
CREATE INDEX `users_domain` ON `users` (substr(email, instr(email, '@')),`email`);