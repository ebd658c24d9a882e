--
-- PostgreSQL database dump
--

\restrict zIqZdHtzRbWswMKxJUHnuZVZCYOEzOmOtIT8wle0y0rsbas5HEZ8RxvrrO66t0m

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account (
    id text NOT NULL,
    "accountId" text NOT NULL,
    "providerId" text NOT NULL,
    "userId" text NOT NULL,
    password text
);


--
-- Name: user; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public."user" (
    id text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    "emailVerified" boolean NOT NULL,
    "createdAt" timestamp without time zone,
    role text,
    banned boolean,
    "banExpires" timestamp without time zone
);


--
-- Data for Name: account; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.account (id, "accountId", "providerId", "userId", password) FROM stdin;
a1	K7a1bc	github	K7a1bc	\N
a2	K7a1bc	credential	K7a1bc	2536f8dffc820de851f07c7086ebadca:1a23b0b00650e3e302c0398a40a924edd5255582da0229da66e9a6deddaa5d34255f90e41374c2af23b6585b9acb4a4c2d392ab0d02c102c8ef2147c6700d0bb
a3	x	credential	0193a0b0-1111-7000-8000-000000000001	5bf2b2c523f092f3a76dd4c7b7192515:79a5de6ca4ecd43f725cd50f38e67c4ad2afc889942fd6d790d22d97f204284d622a47938b17b40ff114b85660d49b1c8f690f6a83661de535214740556b3b94
a4	99	google	zz9	\N
\.


--
-- Data for Name: user; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public."user" (id, name, email, "emailVerified", "createdAt", role, banned, "banExpires") FROM stdin;
K7a1bc	Ada	ada@example.org	t	2025-01-02 03:04:05.678	admin,editor	f	\N
0193a0b0-1111-7000-8000-000000000001	Bob "B", \\ O'Neil	bob@example.org	f	2025-01-02 03:04:05.678	user	t	\N
zz9	Mei	mei@example.org	t	2025-01-02 03:04:05.678	\N	t	2020-01-01 00:00:00
\.


--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);


--
-- Name: user user_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

\unrestrict zIqZdHtzRbWswMKxJUHnuZVZCYOEzOmOtIT8wle0y0rsbas5HEZ8RxvrrO66t0m

