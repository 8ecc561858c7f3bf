<?php
/**
 * Plugin Name: Newsroom Console
 * Description: Opens the consent gates of live entries for readers, and tells the console which site this is.
 * Version: 1.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 */

defined('ABSPATH') || exit;

/** Returns this site's own id, made when it is first asked for. */
function newsroom_console_instance() {
    add_option('newsroom_console_instance', wp_generate_uuid4());
    return get_option('newsroom_console_instance');
}

/** Tells whether the post that is shown, or one of a list of posts, holds a piece of markup. */
function newsroom_console_shows($markup) {
    foreach ($GLOBALS['wp_query']->posts ?? [] as $post) {
        if (strpos($post->post_content, $markup) !== false) {
            return true;
        }
    }
    return false;
}

register_activation_hook(__FILE__, 'newsroom_console_instance');

add_action('rest_api_init', function () {
    register_rest_route('newsroom-console/v1', '/site', [
        'methods' => 'GET',
        'permission_callback' => '__return_true',
        'callback' => fn () => [
            'instance' => newsroom_console_instance(),
            'environment' => wp_get_environment_type(),
        ],
    ]);
});

add_action('wp_enqueue_scripts', function () {
    // A page shows its entries through a query of its own: whether they hold gates is not known this early.
    if (!newsroom_console_shows('data-nc-id=')) {
        return;
    }
    $folder = plugin_dir_path(__FILE__);
    $frame = [];
    foreach (['script' => 'frame.js', 'style' => 'frame.css'] as $name => $file) {
        $frame[$name] = trim(file_get_contents($folder . $file));
        $frame[$name . 'Hash'] = 'sha256-' . base64_encode(hash('sha256', $frame[$name], true));
    }
    wp_enqueue_style('newsroom-console', plugins_url('gate.css', __FILE__), [], '1.0');
    wp_enqueue_script('newsroom-console', plugins_url('gate.js', __FILE__), [], '1.0', true);
    wp_add_inline_script('newsroom-console', 'const newsroomConsole = ' . wp_json_encode($frame, JSON_HEX_TAG) . ';', 'before');
});

// A rehearsal is for nobody's search engine.
add_filter('wp_robots', function ($robots) {
    return newsroom_console_shows('data-nc-mark="rehearsal"') ? ['noindex' => true, 'nofollow' => true] : $robots;
});
