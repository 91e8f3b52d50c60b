<?php
/** Runs the plugin against a real gate, with as much of WordPress as it touches. RECTO is the binary. */

class WP_Error {
	public $code, $message, $data;
	public function __construct( $code, $message, $data ) {
		list( $this->code, $this->message, $this->data ) = array( $code, $message, $data );
	}
}
$filters = array();
$posts   = array(
	1 => (object) array( 'ID' => 1, 'post_title' => 'Ferry back', 'post_content' => '<p>The ferry carried 500 people on 4 May.</p>', 'post_status' => 'publish' ),
	2 => (object) array( 'ID' => 2, 'post_title' => 'Ferry de volta', 'post_content' => '<p>O ferry transportou 500 pessoas a 4 de maio.</p>', 'post_status' => 'draft' ),
	3 => (object) array( 'ID' => 3, 'post_title' => 'Outra coisa', 'post_content' => '<p>Sem fonte.</p>', 'post_status' => 'draft' ),
);
function add_filter( $name, $function, $priority, $count ) { global $filters; $filters[ $name ] = $function; }
function apply_filters( $name, $value ) { return $value; }
function is_wp_error( $thing ) { return $thing instanceof WP_Error; }
function get_post( $id ) { global $posts; return isset( $posts[ $id ] ) ? $posts[ $id ] : null; }
function get_post_status( $id ) { return get_post( $id )->post_status; }
function get_post_meta( $id, $name, $single ) { return 2 === $id ? '1' : ''; }
function esc_html( $text ) { return htmlspecialchars( $text, ENT_QUOTES ); }
function wp_json_encode( $value ) { return json_encode( $value ); }
function wp_die( $message ) { exit( $message ); }
function wp_remote_retrieve_response_code( $answer ) { return $answer['code']; }
function wp_remote_retrieve_body( $answer ) { return $answer['body']; }
function wp_remote_post( $url, $arguments ) {
	global $away;
	$headers = array();
	foreach ( $arguments['headers'] as $name => $value ) { $headers[] = "$name: $value"; }
	$context = stream_context_create( array( 'http' => array( 'method' => 'POST', 'header' => $headers, 'content' => $arguments['body'], 'ignore_errors' => true, 'timeout' => 25 ) ) );
	$body    = @file_get_contents( $away ? 'http://127.0.0.1:9/' : $url, false, $context );
	if ( false === $body ) { return new WP_Error( 'http', 'no answer', array() ); }
	preg_match( '/ (\d{3})/', $http_response_header[0], $found );
	return array( 'code' => (int) $found[1], 'body' => $body );
}

$gate = proc_open( array( getenv( 'RECTO' ), 'serve', '--on-error', 'block', '--bind', '127.0.0.1:0' ), array( 2 => array( 'pipe', 'w' ) ), $pipes );
preg_match( '#http://\S+#', fgets( $pipes[2] ), $found );
define( 'RECTO_URL', $found[0] );
define( 'RECTO_ON_OUTAGE', 'block' );
require __DIR__ . '/recto-gate.php';

$failed = 0;
function check( $what, $holds ) { global $failed; $failed += $holds ? 0 : 1; echo $holds ? 'ok     ' : 'FAILED ', $what, "\n"; }
function publish( $id, $content, $status = 'publish' ) {
	global $filters;
	return $filters['rest_pre_insert_post']( (object) array( 'ID' => $id, 'post_status' => $status, 'post_content' => $content ), null );
}
$wrong = '<p>O ferry transportou 700 pessoas a 4 de maio.</p>';
$error = publish( 2, $wrong );
check( 'a wrong figure is not published', is_wp_error( $error ) && 409 === $error->data['status'] );
check( 'the editor sees why, and where to decide', is_wp_error( $error ) && strpos( $error->message, 'number-mismatch' ) !== false && strpos( $error->message, '/?report=' ) !== false );
check( 'a right one is published', ! is_wp_error( publish( 2, get_post( 2 )->post_content ) ) );
check( 'a draft is left alone', ! is_wp_error( publish( 2, $wrong, 'draft' ) ) );
check( 'a post without a source is left alone', ! is_wp_error( publish( 3, $wrong ) ) );
$away = true;
check( 'while the gate is away the setting decides', is_wp_error( publish( 2, $wrong ) ) && 'recto_outage' === publish( 2, $wrong )->code );
proc_terminate( $gate );
exit( $failed ? 1 : 0 );
