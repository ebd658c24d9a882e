CREATE TABLE `known_networks` (
	`key` text PRIMARY KEY NOT NULL,
	`known_until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `known_networks_known_until` ON `known_networks` (`known_until`);--> statement-breakpoint
CREATE TABLE `login_attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`retry_at` integer NOT NULL,
	`forgotten_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `login_attempts_forgotten_at` ON `login_attempts` (`forgotten_at`);