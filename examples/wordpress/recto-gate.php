<?php
/**
 * Plugin Name: recto gate
 * Description: Asks recto before a translated post is published.
 *
 * Put this file into wp-content/mu-plugins. In wp-config.php:
 *
 *     define( 'RECTO_URL', 'http://127.0.0.1:8377' );
 *     define( 'RECTO_ON_OUTAGE', 'block' );  // or 'warn': publish although nobody checked
 *     define( 'RECTO_TOKEN', '…' );          // if the gate has tokens
 *
 * The post that a translation was made from is the custom field `recto_source`, or what the filter of that name says; with
 * Polylang or WPML it is asked of them.
 */

/** The post that this one was translated from; 0 if none. */
function recto_source_of( $post_id ) {
	$source = (int) get_post_meta( $post_id, 'recto_source', true );
	return (int) apply_filters( 'recto_source', $source, $post_id );
}

/** A post as the gate reads it. */
function recto_text( $title, $content, $language ) {
	$text = array( 'html' => '<h1>' . esc_html( $title ) . "</h1>\n" . $content );
	if ( $language ) {
		$text['language'] = $language;
	}
	return $text;
}

function recto_language( $post_id ) {
	return function_exists( 'pll_get_post_language' ) ? (string) pll_get_post_language( $post_id, 'slug' ) : '';
}

/** Before the block editor, or any client of the REST interface, saves a post: an error stops it and is shown. */
function recto_before_publishing( $prepared, $request ) {
	$id     = isset( $prepared->ID ) ? (int) $prepared->ID : 0;
	$status = isset( $prepared->post_status ) ? $prepared->post_status : ( $id ? get_post_status( $id ) : '' );
	// Drafts are nobody's business but their author's.
	if ( is_wp_error( $prepared ) || ! $id || ! in_array( $status, array( 'publish', 'future' ), true ) ) {
		return $prepared;
	}
	$source = get_post( recto_source_of( $id ) );
	if ( ! $source ) {
		return $prepared;
	}
	$post    = get_post( $id );
	$title   = isset( $prepared->post_title ) ? $prepared->post_title : $post->post_title;
	$content = isset( $prepared->post_content ) ? $prepared->post_content : $post->post_content;
	$headers = array( 'Content-Type' => 'application/json' );
	if ( defined( 'RECTO_TOKEN' ) ) {
		$headers['Authorization'] = 'Bearer ' . RECTO_TOKEN;
	}
	$answer = wp_remote_post( RECTO_URL . '/v1/check', array(
		'timeout' => 25,
		'headers' => $headers,
		'body'    => wp_json_encode( array(
			'id'     => 'post ' . $id,
			'source' => recto_text( $source->post_title, $source->post_content, recto_language( $source->ID ) ),
			'target' => recto_text( $title, $content, recto_language( $id ) ),
		) ),
	) );
	$reply = is_wp_error( $answer ) || 200 !== (int) wp_remote_retrieve_response_code( $answer )
		? null
		: json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( ! is_array( $reply ) || ! isset( $reply['verdict'], $reply['errors'] ) ) {
		return 'block' === RECTO_ON_OUTAGE
			? new WP_Error( 'recto_outage', 'recto does not answer: the translation was not checked.', array( 'status' => 503 ) )
			: $prepared;
	}
	if ( 'block' === $reply['verdict'] ) {
		$said   = $reply['errors'];
		$said[] = 'To decide about these: ' . RECTO_URL . $reply['review'];
		return new WP_Error( 'recto_block', implode( ' · ', $said ), array( 'status' => 409 ) );
	}
	return $prepared;
}

if ( ! defined( 'RECTO_ON_OUTAGE' ) || ! in_array( RECTO_ON_OUTAGE, array( 'block', 'warn' ), true ) ) {
	wp_die( 'RECTO_ON_OUTAGE is "block" or "warn": choose in wp-config.php.' );
}
foreach ( array( 'post', 'page' ) as $recto_type ) {
	add_filter( 'rest_pre_insert_' . $recto_type, 'recto_before_publishing', 10, 2 );
}
