--
-- PostgreSQL database dump
--

\restrict j0TPogAUkux0rplvD9EfqxdswVveBLpCCmTEwx4hTORdIc2TSxF5wEGjtcakXKs

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

--
-- Name: auth; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA auth;


--
-- Name: note(); Type: FUNCTION; Schema: auth; Owner: -
--

CREATE FUNCTION auth.note() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO auth.users(id) VALUES ('x'); RETURN new; END; $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: users; Type: TABLE; Schema: auth; Owner: -
--

CREATE TABLE auth.users (
    instance_id uuid,
    id uuid NOT NULL,
    aud character varying(255),
    role character varying(255),
    email character varying(255),
    encrypted_password character varying(255),
    email_confirmed_at timestamp with time zone,
    raw_app_meta_data jsonb,
    raw_user_meta_data jsonb,
    is_super_admin boolean,
    created_at timestamp with time zone,
    phone text,
    confirmed_at timestamp with time zone GENERATED ALWAYS AS (LEAST(email_confirmed_at)) STORED,
    banned_until timestamp with time zone,
    is_sso_user boolean DEFAULT false NOT NULL,
    deleted_at timestamp with time zone,
    is_anonymous boolean DEFAULT false NOT NULL
);


--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id integer,
    email text,
    note text
);


--
-- Data for Name: users; Type: TABLE DATA; Schema: auth; Owner: -
--

COPY auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, is_super_admin, created_at, phone, banned_until, is_sso_user, deleted_at, is_anonymous) FROM stdin;
00000000-0000-0000-0000-000000000000	00000000-0000-4000-8000-000000000001	authenticated	authenticated	ada@example.org	$2a$04$.J1rUIdRyY9G5IRC9ZjZrOxaBYEUyDwMpcA6C40uBcFRsq.iVwL46	2025-01-02 03:04:05+00	{"roles": ["admin"], "provider": "email"}	{"name": "A\\"b\\nc"}	f	2025-01-02 01:04:05.678901+00	\N	\N	f	\N	f
00000000-0000-0000-0000-000000000000	00000000-0000-4000-8000-000000000002	authenticated	authenticated	bob@example.org		\N	{"roles": ["admin"], "provider": "email"}	{"name": "A\\"b\\nc"}	f	2025-01-02 01:04:05.678901+00	\N	\N	f	\N	f
00000000-0000-0000-0000-000000000000	00000000-0000-4000-8000-000000000003	authenticated	authenticated	banned@example.org	$2a$04$.J1rUIdRyY9G5IRC9ZjZrOxaBYEUyDwMpcA6C40uBcFRsq.iVwL46	2025-01-02 03:04:05+00	{"roles": ["admin"], "provider": "email"}	{"name": "A\\"b\\nc"}	f	2025-01-02 01:04:05.678901+00	\N	2999-01-01 00:00:00+00	f	\N	f
00000000-0000-0000-0000-000000000000	00000000-0000-4000-8000-000000000004	authenticated	authenticated	unbanned@example.org	$2a$04$.J1rUIdRyY9G5IRC9ZjZrOxaBYEUyDwMpcA6C40uBcFRsq.iVwL46	2025-01-02 03:04:05+00	{"roles": ["admin"], "provider": "email"}	{"name": "A\\"b\\nc"}	f	2025-01-02 01:04:05.678901+00	\N	2020-01-01 00:00:00+00	f	\N	f
00000000-0000-0000-0000-000000000000	00000000-0000-4000-8000-000000000005	authenticated	authenticated	gone@example.org	$2a$04$.J1rUIdRyY9G5IRC9ZjZrOxaBYEUyDwMpcA6C40uBcFRsq.iVwL46	2025-01-02 03:04:05+00	{"roles": ["admin"], "provider": "email"}	{"name": "A\\"b\\nc"}	f	2025-01-02 01:04:05.678901+00	\N	\N	f	2025-06-01 00:00:00+00	f
00000000-0000-0000-0000-000000000000	00000000-0000-4000-8000-000000000006	authenticated	authenticated	\N	\N	2025-01-02 03:04:05+00	{"roles": ["admin"], "provider": "email"}	{"name": "A\\"b\\nc"}	f	2025-01-02 01:04:05.678901+00	\N	\N	f	\N	t
00000000-0000-0000-0000-000000000000	00000000-0000-4000-8000-000000000007	authenticated	authenticated	\N	\N	2025-01-02 03:04:05+00	{"roles": ["admin"], "provider": "email"}	{"name": "A\\"b\\nc"}	f	2025-01-02 01:04:05.678901+00	4912345	\N	f	\N	f
\.


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.users (id, email, note) FROM stdin;
1	nobody@example.org	not a user of the sign-in
\.


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: auth; Owner: -
--

ALTER TABLE ONLY auth.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: users t; Type: TRIGGER; Schema: auth; Owner: -
--

CREATE TRIGGER t AFTER UPDATE ON auth.users FOR EACH ROW EXECUTE FUNCTION auth.note();


--
-- PostgreSQL database dump complete
--

\unrestrict j0TPogAUkux0rplvD9EfqxdswVveBLpCCmTEwx4hTORdIc2TSxF5wEGjtcakXKs

