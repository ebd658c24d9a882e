ALTER TABLE `sessions` ADD `presented` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `shared_generation` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `late_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `ended_version` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `version` integer DEFAULT 0 NOT NULL;