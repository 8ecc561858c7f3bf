<?php
// Installs WordPress into a folder and prints an application password per role, as JSON. Arguments: folder, address.
[, $folder, $address] = $argv;
$_SERVER += [
    'HTTP_HOST' => substr($address, strlen('http://')), 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET',
    'SERVER_PROTOCOL' => 'HTTP/1.1', 'REMOTE_ADDR' => '127.0.0.1',
];
define('WP_INSTALLING', true);
require "$folder/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('The Evening Post', 'admin', 'admin@example.test', true, '', wp_generate_password());
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('timezone_string', 'Europe/Berlin');
flush_rewrite_rules();
$passwords = [];
foreach (['administrator', 'editor', 'author', 'contributor'] as $role) {
    $name = $role === 'administrator' ? 'admin' : $role;
    $user = username_exists($name) ?: wp_insert_user([
        'user_login' => $name, 'user_pass' => wp_generate_password(), 'user_email' => "$name@example.test",
        'role' => $role, 'display_name' => ucfirst($name),
    ]);
    $passwords[$name] = WP_Application_Passwords::create_new_application_password($user, ['name' => 'console'])[0];
}
echo json_encode($passwords);
