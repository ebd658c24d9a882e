--
-- PostgreSQL database dump
--

\restrict sxaj7UF7Dd9mmEqiygwmpYdBlrcO9W1KrRccrA5CcLNljDhQ2o7oUnbZezL1fza

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
-- Name: blacklist_tokens; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.blacklist_tokens (
    id integer NOT NULL,
    token character varying(500) NOT NULL
);


--
-- Name: blacklist_tokens_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.blacklist_tokens_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: blacklist_tokens_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.blacklist_tokens_id_seq OWNED BY public.blacklist_tokens.id;


--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id integer NOT NULL,
    email character varying(255) NOT NULL,
    password character varying(255) NOT NULL,
    registered_on timestamp without time zone NOT NULL,
    admin boolean NOT NULL
);


--
-- Name: users_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.users_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: users_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;


--
-- Name: blacklist_tokens id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.blacklist_tokens ALTER COLUMN id SET DEFAULT nextval('public.blacklist_tokens_id_seq'::regclass);


--
-- Name: users id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);


--
-- Data for Name: blacklist_tokens; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.blacklist_tokens (id, token) FROM stdin;
1	x; INSERT INTO users VALUES (9);
\.


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.users (id, email, password, registered_on, admin) FROM stdin;
1	ada@example.org	$2b$04$S9vdScDrJClhRbHv4xVMNOxJTdPahMlxxd4x5CpfBft1YSSkU46M2	2017-04-05 10:11:12.123456	t
2	bob@example.org	\\x2432792430342451465745666b7a58532f71774d656f5046346530614f784a5933364534786d75336679764b31566f756553616d6a6c774f4b666a61	2017-04-06 00:00:00	f
3	ADA@Example.ORG	$2a$04$.J1rUIdRyY9G5IRC9ZjZrOxaBYEUyDwMpcA6C40uBcFRsq.iVwL46	2017-04-07 10:11:12	f
4	o'brien@example.org	b'$2a$04$.J1rUIdRyY9G5IRC9ZjZrOxaBYEUyDwMpcA6C40uBcFRsq.iVwL46'	2018-01-02 03:04:05.5	f
5	mei@bücher.example	scrypt:1024:8:1$zZCGoeFA8SE01QDl$adbf24ea2cdeb9e9d90903842fe6260ce38e3d7cf6d7b3a6194b9f19b9d143cb8fd9f45a8b87d963217834b14e3f919383f9b24ec3ea87843ad8b1dc72e2d12e	2024-02-29 23:59:59	f
\.


--
-- Name: blacklist_tokens_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.blacklist_tokens_id_seq', 1, false);


--
-- Name: users_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.users_id_seq', 1, false);


--
-- Name: users users_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

\unrestrict sxaj7UF7Dd9mmEqiygwmpYdBlrcO9W1KrRccrA5CcLNljDhQ2o7oUnbZezL1fza

