// Made by `npm run schema` from the server's OpenAPI document; do not edit.
export interface paths {
    "/v1/telemetry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Query telemetry
         * @description Raw points, or with `aggregation` one row per tag and bucket, or with `max_points` an envelope for charts. The page after this one: repeat the query with `cursor`.
         *
         *     Scope: `read:telemetry`
         */
        get: operations["query_telemetry"];
        put?: never;
        /**
         * Ingest telemetry
         * @description Answered after the points are on disk. All or nothing: one bad point refuses the request and every fault is listed; with `partial=true` the good points are stored. Faults of text forms are named by line, `line[3].value`.
         *
         *     Scope: `write:telemetry`
         */
        post: operations["ingest_telemetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/telemetry/ingest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ingest telemetry
         * @description Answered after the points are on disk. All or nothing: one bad point refuses the request and every fault is listed; with `partial=true` the good points are stored. Faults of text forms are named by line, `line[3].value`.
         *
         *     Scope: `write:telemetry`
         */
        post: operations["ingest_telemetry_alias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/telemetry/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get latest values
         * @description The newest point by its own time, one row per tag that has a point.
         *
         *     Scope: `read:telemetry`
         */
        get: operations["latest_telemetry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List data sources
         * @description Scope: `read:data_sources`
         */
        get: operations["list_sources_data_sources_get"];
        put?: never;
        /**
         * Create a data source
         * @description Scope: `write:data_sources`
         */
        post: operations["create_data_sources_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-source-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the types and their settings
         * @description Scope: `read:data_sources`
         */
        get: operations["types_data_source_types_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a data source
         * @description Scope: `read:data_sources`
         */
        get: operations["get_data_sources__id__get"];
        /**
         * Replace a data source's own
         * @description Scope: `write:data_sources`
         */
        put: operations["update_data_sources__id__put"];
        post?: never;
        /**
         * Delete a data source, keep its history
         * @description Scope: `write:data_sources`
         */
        delete: operations["delete_data_sources__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/{id}/reconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect again now
         * @description Scope: `write:data_sources`
         */
        post: operations["reconnect_data_sources__id__reconnect_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a connection before it is saved
         * @description Scope: `write:data_sources`
         */
        post: operations["test_draft_data_sources_test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a connection beside the running one
         * @description Scope: `read:data_sources`
         */
        post: operations["test_data_sources__id__test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/browse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Browse a device before it is saved
         * @description Scope: `write:data_sources`
         */
        post: operations["browse_draft_data_sources_browse_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/{id}/browse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Browse a device
         * @description Scope: `read:data_sources`
         */
        get: operations["browse_data_sources__id__browse_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read addresses before the source is saved
         * @description Scope: `write:data_sources`
         */
        post: operations["preview_draft_data_sources_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/{id}/tags/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read addresses once
         * @description Scope: `read:data_sources`
         */
        post: operations["preview_data_sources__id__tags_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/{id}/tags/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All tags as CSV
         * @description Scope: `read:data_sources`
         */
        get: operations["export_tags_data_sources__id__tags_export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/{id}/tags/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add and change tags by CSV
         * @description Scope: `write:data_sources`
         */
        post: operations["import_tags_data_sources__id__tags_import_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tags of a data source
         * @description Scope: `read:data_sources`
         */
        get: operations["list_tags_data_sources__id__tags_get"];
        put?: never;
        /**
         * Add a tag, or many at once
         * @description Scope: `write:data_sources`
         */
        post: operations["add_tags_data_sources__id__tags_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-sources/{id}/tags/{tag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a tag
         * @description Scope: `read:data_sources`
         */
        get: operations["get_tag_data_sources__id__tags__tag_id__get"];
        /**
         * Replace a tag
         * @description Scope: `write:data_sources`
         */
        put: operations["update_tag_data_sources__id__tags__tag_id__put"];
        post?: never;
        /**
         * Stop reading a tag, keep its history
         * @description Scope: `write:data_sources`
         */
        delete: operations["delete_tag_data_sources__id__tags__tag_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Assets
         * @description Assets with their tags, newest first.
         *
         *     Scope: `read:assets`
         */
        get: operations["list_assets_assets_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Asset
         * @description One asset with its tags.
         *
         *     Scope: `read:assets`
         */
        get: operations["get_asset_assets__id__get"];
        /**
         * Put Asset
         * @description Describe an asset; one that does not exist is made (201).
         *
         *     Scope: `write:assets`
         */
        put: operations["put_asset_assets__id__put"];
        post?: never;
        /**
         * Delete Asset
         * @description Remove an asset that never had a tag and is nobody's parent; else 409.
         *
         *     Scope: `write:assets`
         */
        delete: operations["delete_asset_assets__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/annotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Annotations
         * @description Annotations, the latest period first.
         *
         *     Scope: `read:assets`
         */
        get: operations["list_annotations_annotations_get"];
        put?: never;
        /**
         * Create Annotation
         * @description Mark a period of an asset or tag.
         *
         *     Scope: `write:assets`
         */
        post: operations["create_annotation_annotations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/annotations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Annotation
         * @description One annotation.
         *
         *     Scope: `read:assets`
         */
        get: operations["get_annotation_annotations__id__get"];
        /**
         * Replace Annotation
         * @description Replace an annotation.
         *
         *     Scope: `write:assets`
         */
        put: operations["replace_annotation_annotations__id__put"];
        post?: never;
        /**
         * Delete Annotation
         * @description Remove an annotation.
         *
         *     Scope: `write:assets`
         */
        delete: operations["delete_annotation_annotations__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Rules
         * @description All rules, newest first.
         *
         *     Scope: `read:alerts`
         */
        get: operations["list_rules_alert_rules_get"];
        put?: never;
        /**
         * Create Rule
         * @description Create a rule; it takes effect at once.
         *
         *     Scope: `write:alerts`
         */
        post: operations["create_rule_alert_rules_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description What a rule would have done over a past range, and how to make it quieter.
         *
         *     Scope: `read:alerts`
         */
        post: operations["preview_alert_rules_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export
         * @description Every rule as YAML, to be kept as code.
         *
         *     Scope: `read:alerts`
         */
        get: operations["export_alert_rules_export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Rules
         * @description Rules from YAML, all or nothing; `replace` deletes the others, `dry_run` only tells.
         *
         *     Scope: `write:alerts`
         */
        post: operations["import_rules_alert_rules_import_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Rule
         * @description One rule.
         *
         *     Scope: `read:alerts`
         */
        get: operations["get_rule_alert_rules__id__get"];
        /**
         * Update Rule
         * @description Replace a rule; an open alert stays open if the new condition still holds.
         *
         *     Scope: `write:alerts`
         */
        put: operations["update_rule_alert_rules__id__put"];
        post?: never;
        /**
         * Delete Rule
         * @description Delete a rule; its open alerts are resolved, its history stays.
         *
         *     Scope: `write:alerts`
         */
        delete: operations["delete_rule_alert_rules__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable Rule
         * @description Switch a rule on.
         *
         *     Scope: `write:alerts`
         */
        post: operations["enable_rule_alert_rules__id__enable_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-rules/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable Rule
         * @description Switch a rule off; its open alerts are resolved.
         *
         *     Scope: `write:alerts`
         */
        post: operations["disable_rule_alert_rules__id__disable_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Alerts
         * @description Alerts: unresolved first, then newest. `Accept: text/csv` answers all pages in one.
         *
         *     Scope: `read:alerts`
         */
        get: operations["list_alerts_alerts_get"];
        put?: never;
        /**
         * Create Alert
         * @description Raise an alert by hand; notification routes tell of it.
         *
         *     Scope: `write:alerts`
         */
        post: operations["create_alert_alerts_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statistics
         * @description Alarm performance; without a range the last 24 hours.
         *
         *     Scope: `read:alerts`
         */
        get: operations["statistics_alerts_statistics_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Alert
         * @description One alert with its history.
         *
         *     Scope: `read:alerts`
         */
        get: operations["get_alert_alerts__id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge
         * @description Say that someone takes care; harmless twice.
         *
         *     Scope: `write:alerts`
         */
        post: operations["acknowledge_alerts__id__acknowledge_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve
         * @description End an alert by hand; it comes back only after the condition has cleared once.
         *
         *     Scope: `write:alerts`
         */
        post: operations["resolve_alerts__id__resolve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/shelve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shelve
         * @description Silence the rule on this asset for a while.
         *
         *     Scope: `write:alerts`
         */
        post: operations["shelve_alerts__id__shelve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{id}/unshelve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unshelve
         * @description Take it off the shelf.
         *
         *     Scope: `write:alerts`
         */
        post: operations["unshelve_alerts__id__unshelve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-links/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open Link
         * @description The page behind the link in a message. Looking changes nothing: mail scanners look.
         */
        get: operations["open_link_alert_links__token__get"];
        put?: never;
        /**
         * Press Link
         * @description Acknowledge with the token of a message's link.
         */
        post: operations["press_link_alert_links__token__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notification-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Channels
         * @description All channels, newest first; the four built-in ones are always there.
         *
         *     Scope: `read:alerts`
         */
        get: operations["list_channels_notification_channels_get"];
        put?: never;
        /**
         * Create Channel
         * @description Create a channel, or configure a built-in one.
         *
         *     Scope: `write:alerts`
         */
        post: operations["create_channel_notification_channels_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notification-channels/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Types
         * @description The types of channels and what each needs.
         *
         *     Scope: `read:alerts`
         */
        get: operations["list_types_notification_channels_types_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notification-channels/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test Draft
         * @description Send a test message over a channel that is not saved yet.
         *
         *     Scope: `write:alerts`
         */
        post: operations["test_draft_notification_channels_test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notification-channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Channel
         * @description One channel.
         *
         *     Scope: `read:alerts`
         */
        get: operations["get_channel_notification_channels__id__get"];
        /**
         * Update Channel
         * @description Replace a channel; a masked secret keeps what is stored.
         *
         *     Scope: `write:alerts`
         */
        put: operations["update_channel_notification_channels__id__put"];
        post?: never;
        /**
         * Delete Channel
         * @description Delete a channel; a built-in one becomes unconfigured.
         *
         *     Scope: `write:alerts`
         */
        delete: operations["delete_channel_notification_channels__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notification-channels/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test Channel
         * @description Send a test message; a failing channel is a successful call with `ok: false`.
         *
         *     Scope: `write:alerts`
         */
        post: operations["test_channel_notification_channels__id__test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notification-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Deliveries
         * @description The log of messages with every try, newest first.
         *
         *     Scope: `read:alerts`
         */
        get: operations["list_deliveries_notification_deliveries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notification-deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry
         * @description Try a failed message again, now.
         *
         *     Scope: `write:alerts`
         */
        post: operations["retry_notification_deliveries__id__retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maintenance-windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Windows
         * @description All windows, newest first.
         *
         *     Scope: `read:alerts`
         */
        get: operations["list_windows_maintenance_windows_get"];
        put?: never;
        /**
         * Create Window
         * @description Plan a window; alerts in its scope are out of service while it holds.
         *
         *     Scope: `write:alerts`
         */
        post: operations["create_window_maintenance_windows_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maintenance-windows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Window
         * @description One window.
         *
         *     Scope: `read:alerts`
         */
        get: operations["get_window_maintenance_windows__id__get"];
        /**
         * Update Window
         * @description Replace a window.
         *
         *     Scope: `write:alerts`
         */
        put: operations["update_window_maintenance_windows__id__put"];
        post?: never;
        /**
         * Delete Window
         * @description Delete a window; alerts that are still active are told then.
         *
         *     Scope: `write:alerts`
         */
        delete: operations["delete_window_maintenance_windows__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notification-routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Routes
         * @description All notification routes, newest first.
         *
         *     Scope: `read:alerts`
         */
        get: operations["list_routes_notification_routes_get"];
        put?: never;
        /**
         * Create Route
         * @description Send alerts of a scope, at times, to channels, whatever their rule says.
         *
         *     Scope: `write:alerts`
         */
        post: operations["create_route_notification_routes_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notification-routes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Route
         * @description One notification route.
         *
         *     Scope: `read:alerts`
         */
        get: operations["get_route_notification_routes__id__get"];
        /**
         * Update Route
         * @description Replace a notification route.
         *
         *     Scope: `write:alerts`
         */
        put: operations["update_route_notification_routes__id__put"];
        post?: never;
        /**
         * Delete Route
         * @description Delete a notification route.
         *
         *     Scope: `write:alerts`
         */
        delete: operations["delete_route_notification_routes__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Dashboards
         * @description Dashboards, newest first.
         *
         *     Scope: `read:dashboards`
         */
        get: operations["list_dashboards_dashboards_get"];
        put?: never;
        /**
         * Create Dashboard
         * @description Create a dashboard.
         *
         *     Scope: `write:dashboards`
         */
        post: operations["create_dashboard_dashboards_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboards/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate Dashboard
         * @description Create a dashboard laid out from the tags of an asset.
         *
         *     Scope: `write:dashboards`
         */
        post: operations["generate_dashboard_dashboards_generate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboards/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Dashboard
         * @description Create a dashboard from an exported one.
         *
         *     Scope: `write:dashboards`
         */
        post: operations["import_dashboard_dashboards_import_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboards/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dashboard
         * @description One dashboard; its ETag is what `If-Match` of a change takes.
         *
         *     Scope: `read:dashboards`
         */
        get: operations["get_dashboard_dashboards__id__get"];
        /**
         * Replace Dashboard
         * @description Replace a dashboard; what it was stays among its versions.
         *
         *     Scope: `write:dashboards`
         */
        put: operations["replace_dashboard_dashboards__id__put"];
        post?: never;
        /**
         * Delete Dashboard
         * @description Delete a dashboard with its versions.
         *
         *     Scope: `write:dashboards`
         */
        delete: operations["delete_dashboard_dashboards__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboards/{id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Duplicate Dashboard
         * @description A deep copy, named with " (copy)".
         *
         *     Scope: `write:dashboards`
         */
        post: operations["duplicate_dashboard_dashboards__id__duplicate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboards/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Dashboard
         * @description The dashboard as a file, without id and dates, and without an envelope.
         *
         *     Scope: `read:dashboards`
         */
        get: operations["export_dashboard_dashboards__id__export_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboards/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Versions
         * @description The last 50 versions, newest first; the first of them is the dashboard as it is.
         *
         *     Scope: `read:dashboards`
         */
        get: operations["list_versions_dashboards__id__versions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboards/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Version
         * @description One version.
         *
         *     Scope: `read:dashboards`
         */
        get: operations["get_version_dashboards__id__versions__version__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dashboards/{id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore Version
         * @description Bring a version back; it becomes the newest one.
         *
         *     Scope: `write:dashboards`
         */
        post: operations["restore_version_dashboards__id__versions__version__restore_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Datasets
         * @description Datasets, newest first.
         *
         *     Scope: `read:ml`
         */
        get: operations["list_datasets_ml_datasets_get"];
        put?: never;
        /**
         * Create Dataset
         * @description Make a dataset: empty for an upload, or built from stored telemetry.
         *
         *     Scope: `write:ml`
         */
        post: operations["create_dataset_ml_datasets_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/datasets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Dataset
         * @description One dataset.
         *
         *     Scope: `read:ml`
         */
        get: operations["get_dataset_ml_datasets__id__get"];
        /**
         * Change Dataset
         * @description Change name and description.
         *
         *     Scope: `write:ml`
         */
        put: operations["change_dataset_ml_datasets__id__put"];
        post?: never;
        /**
         * Delete Dataset
         * @description Remove a dataset that no training is using.
         *
         *     Scope: `write:ml`
         */
        delete: operations["delete_dataset_ml_datasets__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/datasets/{id}/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload Dataset
         * @description Upload CSV, Parquet or JSON lines; a second upload replaces the first.
         *
         *     Scope: `write:ml`
         */
        post: operations["upload_dataset_ml_datasets__id__upload_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/datasets/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview Dataset
         * @description The columns with their statistics, and the first rows.
         *
         *     Scope: `read:ml`
         */
        get: operations["preview_dataset_ml_datasets__id__preview_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/datasets/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Versions
         * @description Every content the dataset has had, newest first.
         *
         *     Scope: `read:ml`
         */
        get: operations["list_versions_ml_datasets__id__versions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/algorithms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Algorithms
         * @description Every algorithm with its hyperparameters.
         *
         *     Scope: `read:ml`
         */
        get: operations["list_algorithms_ml_algorithms_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/training": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Trainings
         * @description Training jobs, newest first.
         *
         *     Scope: `read:ml`
         */
        get: operations["list_trainings_ml_training_get"];
        put?: never;
        /**
         * Start Training
         * @description Queue a training job.
         *
         *     Scope: `write:ml`
         */
        post: operations["start_training_ml_training_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/training/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Training
         * @description One training job.
         *
         *     Scope: `read:ml`
         */
        get: operations["get_training_ml_training__id__get"];
        put?: never;
        post?: never;
        /**
         * Cancel Training
         * @description Cancel a job that has not finished.
         *
         *     Scope: `write:ml`
         */
        delete: operations["cancel_training_ml_training__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/training/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Training Log
         * @description What a job did, line by line.
         *
         *     Scope: `read:ml`
         */
        get: operations["get_training_log_ml_training__id__log_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Models
         * @description Models, newest first.
         *
         *     Scope: `read:ml`
         */
        get: operations["list_models_ml_models_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Models
         * @description Models side by side: metrics and hyperparameters, in the order of the ids.
         *
         *     Scope: `read:ml`
         */
        get: operations["compare_models_ml_models_compare_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Model
         * @description One model with its card.
         *
         *     Scope: `read:ml`
         */
        get: operations["get_model_ml_models__id__get"];
        /**
         * Change Model
         * @description Rename, describe, or move the threshold; a deployed model follows at once.
         *
         *     Scope: `write:ml`
         */
        put: operations["change_model_ml_models__id__put"];
        post?: never;
        /**
         * Delete Model
         * @description Remove a model that is not deployed.
         *
         *     Scope: `write:ml`
         */
        delete: operations["delete_model_ml_models__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/aliases/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Alias
         * @description Give this version the alias; another version of its name loses it.
         *
         *     Scope: `write:ml`
         */
        put: operations["set_alias_ml_models__id__aliases__alias__put"];
        post?: never;
        /**
         * Remove Alias
         * @description Take the alias away.
         *
         *     Scope: `write:ml`
         */
        delete: operations["remove_alias_ml_models__id__aliases__alias__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive Model
         * @description Put a model away.
         *
         *     Scope: `write:ml`
         */
        post: operations["archive_model_ml_models__id__archive_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/unarchive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unarchive Model
         * @description Take a model out of the archive.
         *
         *     Scope: `write:ml`
         */
        post: operations["unarchive_model_ml_models__id__unarchive_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/curves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Curves
         * @description ROC, precision and recall, scores over time, residuals, importance, events.
         *
         *     Scope: `read:ml`
         */
        get: operations["get_curves_ml_models__id__curves_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test Model
         * @description Score one row, or rows in time order; nothing is stored.
         *
         *     Scope: `read:ml`
         */
        post: operations["test_model_ml_models__id__test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deploy Model
         * @description Let the model watch live telemetry; its scores become ordinary tags.
         *
         *     Scope: `write:ml`
         */
        post: operations["deploy_model_ml_models__id__deploy_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/undeploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undeploy Model
         * @description Stop watching; scores written so far stay.
         *
         *     Scope: `write:ml`
         */
        post: operations["undeploy_model_ml_models__id__undeploy_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Roll Back
         * @description Bring back the version of this model's name that was live before; answers that one.
         *
         *     Scope: `write:ml`
         */
        post: operations["roll_back_ml_models__id__rollback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download Model
         * @description The model as a file; ONNX carries name, version, features, threshold and card.
         *
         *     Scope: `read:ml`
         */
        get: operations["download_model_ml_models__id__download_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Drift
         * @description How far live features have moved from those of the training.
         *
         *     Scope: `read:ml`
         */
        get: operations["get_drift_ml_models__id__drift_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Backfill
         * @description Score stored history; existing scores of the range are replaced.
         *
         *     Scope: `write:ml`
         */
        post: operations["start_backfill_ml_models__id__backfill_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/backfills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Backfills
         * @description The model's backfills, newest first.
         *
         *     Scope: `read:ml`
         */
        get: operations["list_backfills_ml_models__id__backfills_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ml/models/{id}/backfills/{backfill_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Backfill
         * @description One backfill.
         *
         *     Scope: `read:ml`
         */
        get: operations["get_backfill_ml_models__id__backfills__backfill_id__get"];
        put?: never;
        post?: never;
        /**
         * Cancel Backfill
         * @description Cancel a backfill that has not finished; what it has written stays.
         *
         *     Scope: `write:ml`
         */
        delete: operations["cancel_backfill_ml_models__id__backfills__backfill_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Backups
         * @description Every backup, newest first.
         *
         *     Scope: `admin`
         */
        get: operations["list_backups_backups_get"];
        put?: never;
        /**
         * Create Backup
         * @description Begin a backup; ask for it until its `status` is `ready`. Nothing stops meanwhile.
         *
         *     Scope: `admin`
         */
        post: operations["create_backup_backups_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Backup
         * @description One backup.
         *
         *     Scope: `admin`
         */
        get: operations["get_backup_backups__id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Backup
         * @description Remove a backup from disk.
         *
         *     Scope: `admin`
         */
        delete: operations["delete_backup_backups__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/system/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Demo
         * @description How the simulated plant stands.
         *
         *     Scope: `admin`
         */
        get: operations["get_demo_system_demo_get"];
        put?: never;
        /**
         * Start Demo
         * @description Start three simulated protocol servers and make sources, rules and a dashboard for them.
         *
         *     Refused (409) beside data sources or values that are not the demo's.
         *
         *     Scope: `admin`
         */
        post: operations["start_demo_system_demo_post"];
        /**
         * Stop Demo
         * @description End the simulated plant; everything made for it stays.
         *
         *     Scope: `admin`
         */
        delete: operations["stop_demo_system_demo_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Entries
         * @description Changes and refusals, newest first.
         *
         *     Scope: `admin`
         */
        get: operations["list_entries_audit_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify
         * @description Follow the chain of hashes through every entry.
         *
         *     Scope: `admin`
         */
        get: operations["verify_audit_verify_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Keys
         * @description All keys that are not revoked, newest first.
         *
         *     Scope: `admin`
         */
        get: operations["list_keys_api_keys_get"];
        put?: never;
        /**
         * Create Key
         * @description Make a key. Its text is in this answer only.
         *
         *     Scope: `admin`
         */
        post: operations["create_key_api_keys_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Key
         * @description One key.
         *
         *     Scope: `admin`
         */
        get: operations["get_key_api_keys__id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Key
         * @description Revoke a key; its sessions and sockets end at once.
         *
         *     Scope: `admin`
         */
        delete: operations["delete_key_api_keys__id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate Key
         * @description Give the key a new secret; the old one ends at once.
         *
         *     Scope: `admin`
         */
        post: operations["rotate_key_api_keys__id__rotate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Session
         * @description Who is asking, by key or by session.
         */
        get: operations["get_session_session_get"];
        put?: never;
        /**
         * Sign In
         * @description Sign a browser in: sets an http-only cookie and answers the CSRF token.
         */
        post: operations["sign_in_session_post"];
        /**
         * Sign Out
         * @description End the session; a key stays valid.
         */
        delete: operations["sign_out_session_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AdviceItem
         * @description A change that would make the rule quieter, tried on the same data.
         */
        AdviceItem: {
            /** Change */
            change: string;
            /** Condition */
            condition: {
                [key: string]: unknown;
            };
            /** Alerts */
            alerts: number;
            /** Minutes In Alarm */
            minutes_in_alarm: number;
        };
        /**
         * AlarmBudget
         * @description False alarms a person accepts: one of the two.
         */
        AlarmBudget: {
            /** Per Week */
            per_week?: number | null;
            /**
             * Rate
             * @description Share of normal rows
             */
            rate?: number | null;
        };
        /**
         * AlertIn
         * @description An alert raised by a person or another system.
         */
        AlertIn: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "critical" | "warning" | "info";
            /** Message */
            message: string;
            /** Asset Id */
            asset_id?: string | null;
            /** Tag Name */
            tag_name?: string | null;
            /** Value */
            value?: number | boolean | string | null;
            /** Triggered At */
            triggered_at?: string | null;
        };
        /**
         * AlertItem
         * @description An alert. `state` is finer than `status`; `history` holds every transition.
         *
         *     `limit` says in words what the value is beyond. `members`, for an alert of a group, are its
         *     assets: open ones first, then the newest, at most a hundred of `member_count`.
         */
        AlertItem: {
            /** Id */
            id: string;
            /** Rule Id */
            rule_id: string | null;
            /** Rule Name */
            rule_name: string;
            /** Severity */
            severity: string;
            /** Status */
            status: string;
            /** State */
            state: string;
            /** Data Source Id */
            data_source_id: string | null;
            /** Asset Id */
            asset_id: string | null;
            /** Tag Name */
            tag_name: string | null;
            /** Value */
            value: number | boolean | string | null;
            /** Message */
            message: string;
            /**
             * Triggered At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            triggered_at: string;
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Acknowledged By */
            acknowledged_by: string | null;
            /** Note */
            note: string | null;
            /** Resolved At */
            resolved_at: string | null;
            /** Resolved By */
            resolved_by: string | null;
            /** Cleared At */
            cleared_at: string | null;
            /** Last Value */
            last_value: number | boolean | string | null;
            /** Occurrences */
            occurrences: number;
            /** Flapping */
            flapping: boolean;
            /** Shelved Until */
            shelved_until: string | null;
            /** Suppressed By */
            suppressed_by: string | null;
            /** Maintenance Window Id */
            maintenance_window_id: string | null;
            /** Limit */
            limit: string | null;
            group: components["schemas"]["GroupItem"] | null;
            /** Members */
            members: components["schemas"]["MemberItem"][];
            /** Member Count */
            member_count: number;
            /** Members Open */
            members_open: number;
            /** History */
            history: components["schemas"]["HistoryItem"][];
        };
        /**
         * AlertListOptions
         * @description Alerts that are not resolved, or those of the statuses given; empty lists mean any.
         */
        AlertListOptions: {
            /** Asset Id */
            asset_id?: string | null;
            /** Severities */
            severities?: ("info" | "warning" | "critical")[];
            /** Statuses */
            statuses?: ("active" | "acknowledged" | "resolved")[];
            /**
             * Limit
             * @default 20
             */
            limit: number;
        };
        /** AlertListWidget */
        AlertListWidget: {
            /** Id */
            id?: string | null;
            /**
             * Title
             * @default
             */
            title: string;
            /** X */
            x: number;
            /** Y */
            y: number;
            /** W */
            w: number;
            /** H */
            h: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "alert_list";
            options?: components["schemas"]["AlertListOptions"];
        };
        /**
         * AlgorithmItem
         * @description An algorithm.
         */
        AlgorithmItem: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Task */
            task: string;
            /** Description */
            description: string;
            /** Recommended */
            recommended: boolean;
            /**
             * Warm Start
             * @description Whether it may go on from a model of its own
             */
            warm_start: boolean;
            /** Preprocessing */
            preprocessing: {
                [key: string]: unknown;
            };
            /** Hyperparameters */
            hyperparameters: components["schemas"]["HyperparameterItem"][];
        };
        /**
         * AnnotationBody
         * @description What is said of a period.
         */
        AnnotationBody: {
            /** Asset Id */
            asset_id: string;
            /**
             * Tag Name
             * @description Null: the whole asset
             */
            tag_name?: string | null;
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description Exclusive
             */
            end: string;
            /**
             * Label
             * @description Such as bearing_wear
             */
            label: string;
            /**
             * Text
             * @default
             */
            text: string;
        };
        /**
         * AnnotationItem
         * @description An annotation.
         */
        AnnotationItem: {
            /** Id */
            id: string;
            /** Asset Id */
            asset_id: string;
            /** Tag Name */
            tag_name: string | null;
            /**
             * Start
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            end: string;
            /** Label */
            label: string;
            /** Text */
            text: string;
            /** Created By */
            created_by: string;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
            /** Version */
            version: number;
        };
        /**
         * AnswerItem
         * @description One tested row.
         */
        AnswerItem: {
            /** Prediction */
            prediction: unknown;
            /** Score */
            score: number | null;
            /** Raw Score */
            raw_score: number | null;
            /** Raw Threshold */
            raw_threshold: number | null;
            /** Is Anomaly */
            is_anomaly: boolean;
            /** Contributions */
            contributions: {
                [key: string]: number;
            };
            /** Probabilities */
            probabilities: {
                [key: string]: number;
            } | null;
            /** Latency Ms */
            latency_ms: number;
        };
        /**
         * AssetBody
         * @description What to set. A field left out keeps its value; null takes type, parent or a unit away.
         */
        AssetBody: {
            /**
             * Name
             * @description For people; the id until it is set
             * @default
             */
            name: string;
            /**
             * Description
             * @default
             */
            description: string;
            /**
             * Type
             * @description Such as pump, motor, line
             */
            type?: string | null;
            /**
             * Parent
             * @description Id of the asset this one is part of
             */
            parent?: string | null;
            /**
             * Properties
             * @description Free facts: serial number, site, rated power
             */
            properties?: {
                [key: string]: unknown;
            };
            /**
             * Units
             * @description Unit by tag name; the tags exist already, others keep theirs
             */
            units?: {
                [key: string]: string | null;
            };
        };
        /**
         * AssetItem
         * @description An asset with its tags.
         */
        AssetItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Description */
            description: string;
            /** Type */
            type: string | null;
            /** Parent */
            parent: string | null;
            /** Properties */
            properties: {
                [key: string]: unknown;
            };
            /** Tags */
            tags: components["schemas"]["twinedge__assets__routes__TagItem"][];
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
            /** Version */
            version: number;
        };
        /** AttemptItem */
        AttemptItem: {
            /**
             * Timestamp
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            timestamp: string;
            /** Ok */
            ok: boolean;
            /** Duration Ms */
            duration_ms: number;
            /** Detail */
            detail: string;
        };
        /**
         * BackfillBody
         * @description History to score.
         */
        BackfillBody: {
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description Exclusive
             */
            end: string;
            /**
             * Asset Ids
             * @description Empty: every asset the model would watch
             */
            asset_ids?: string[];
            /**
             * Output Tag
             * @description The deployment's tag, or <name>.score; <name>.v<version>.score while another version writes there
             */
            output_tag?: string | null;
        };
        /**
         * BackfillItem
         * @description One job that scores history.
         */
        BackfillItem: {
            /** Id */
            id: string;
            /** Model Id */
            model_id: string;
            /**
             * Start
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            end: string;
            /** Asset Ids */
            asset_ids: string[];
            /** Output Tag */
            output_tag: string;
            status: components["schemas"]["JobStatus"];
            /** Progress */
            progress: number;
            /** Message */
            message: string;
            /** Rows Scored */
            rows_scored: number;
            /** Error */
            error: string | null;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /** Started At */
            started_at: string | null;
            /** Finished At */
            finished_at: string | null;
        };
        /**
         * BackupItem
         * @description A backup, and where it stands.
         */
        BackupItem: {
            /** Id */
            id: string;
            status: components["schemas"]["BackupStatus"];
            /** Note */
            note: string;
            /**
             * Version
             * @description Of the TwinEdge that made it
             */
            version: string;
            /** Parts */
            parts: string[];
            /** Size Bytes */
            size_bytes: number;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /** Finished At */
            finished_at: string | null;
            /**
             * Error
             * @description Why it failed, in plain words
             */
            error: string | null;
        };
        /**
         * BackupStatus
         * @enum {string}
         */
        BackupStatus: "running" | "ready" | "failed";
        /**
         * BrowseIn
         * @description Browse a device before its source is saved.
         */
        BrowseIn: {
            /** Id */
            id?: string | null;
            /** Name */
            name?: string | null;
            /**
             * Type
             * @example modbus
             */
            type: string;
            /**
             * Config
             * @description Settings of the protocol; `GET /data-source-types` describes them. `${NAME}` stands for an environment variable. A secret is never returned, only `********`, and sending that back keeps it
             * @example {
             *       "host": "192.168.1.50",
             *       "port": 502,
             *       "unit_id": 1
             *     }
             */
            config?: {
                [key: string]: unknown;
            };
            /** Endpoint */
            endpoint?: string | null;
            /**
             * Node
             * @description Left out: the root
             */
            node?: string | null;
            /** Search */
            search?: string | null;
            /**
             * Limit
             * @default 200
             */
            limit: number;
        };
        /**
         * ChangeBody
         * @description What to change; a field left out keeps its value.
         */
        ChangeBody: {
            /**
             * Name
             * @description It becomes that name's next version
             */
            name?: string | null;
            /** Description */
            description?: string | null;
            /**
             * Threshold
             * @description Of the raw score; the score is 0.5 there from now on
             */
            threshold?: number | null;
        };
        /**
         * ChangedTag
         * @description A tag that changes, and how.
         */
        ChangedTag: {
            /** Id */
            id: string | null;
            /** Asset Id */
            asset_id: string;
            /** Tag Name */
            tag_name: string;
            /** Address */
            address: string | {
                [key: string]: unknown;
            };
            /** Changes */
            changes: components["schemas"]["FieldChange"][];
        };
        /**
         * ChannelBody
         * @description A channel as written. Secrets come back masked; sending the mask keeps what is stored.
         */
        ChannelBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Config */
            config: {
                [key: string]: unknown;
            };
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
            quiet_hours?: components["schemas"]["QuietBody"] | null;
            template?: components["schemas"]["TemplateBody"] | null;
            /** Max Per Minute */
            max_per_minute?: number | null;
        };
        /**
         * ChannelItem
         * @description A channel; secrets are masked. Not `configured`: its messages are logged as skipped.
         */
        ChannelItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Enabled */
            enabled: boolean;
            /** Configured */
            configured: boolean;
            /** Config */
            config: {
                [key: string]: unknown;
            };
            /** Quiet Hours */
            quiet_hours: {
                [key: string]: unknown;
            } | null;
            /** Template */
            template: {
                [key: string]: string;
            } | null;
            /** Max Per Minute */
            max_per_minute: number | null;
            /** Version */
            version: number;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
        };
        /**
         * ColumnItem
         * @description One column with its statistics.
         */
        ColumnItem: {
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Missing */
            missing: number;
            /** Min */
            min: number | null;
            /** Max */
            max: number | null;
            /** Mean */
            mean: number | null;
        };
        /**
         * ComparisonItem
         * @description Models side by side; each list has one entry a model, null where it has none.
         */
        ComparisonItem: {
            /** Models */
            models: components["schemas"]["ModelItem"][];
            /** Metrics */
            metrics: {
                [key: string]: unknown[];
            };
            /** Hyperparameters */
            hyperparameters: {
                [key: string]: unknown[];
            };
            /** Same Dataset */
            same_dataset: boolean;
        };
        /**
         * CurvesItem
         * @description What the training drew, for plots; null where it does not apply. At most 2000 points each.
         */
        CurvesItem: {
            /** Roc */
            roc: {
                [key: string]: unknown;
            } | null;
            /** Pr */
            pr: {
                [key: string]: unknown;
            } | null;
            /** Scores */
            scores: {
                [key: string]: unknown;
            } | null;
            /** Residuals */
            residuals: {
                [key: string]: unknown;
            } | null;
            /** Importance */
            importance: {
                [key: string]: number;
            } | null;
            /** Events */
            events: {
                [key: string]: unknown;
            }[] | null;
        };
        /**
         * DashboardBody
         * @description A whole dashboard; what is left out is empty.
         */
        DashboardBody: {
            /** Name */
            name: string;
            /**
             * Description
             * @default
             */
            description: string;
            layout?: components["schemas"]["Layout"];
            /** Variables */
            variables?: components["schemas"]["Variable"][];
        };
        /**
         * DashboardItem
         * @description A dashboard.
         */
        DashboardItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Description */
            description: string;
            layout: components["schemas"]["LayoutItem"];
            /** Variables */
            variables: {
                [key: string]: unknown;
            }[];
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
            /** Version */
            version: number;
        };
        /**
         * DatasetBody
         * @description A dataset to make.
         */
        DatasetBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /**
             * Description
             * @default
             */
            description: string;
            telemetry?: components["schemas"]["TelemetryBody"] | null;
        };
        /**
         * DatasetChange
         * @description What to change; a field left out keeps its value.
         */
        DatasetChange: {
            /** Name */
            name?: string | null;
            /** Description */
            description?: string | null;
        };
        /**
         * DatasetItem
         * @description A dataset.
         */
        DatasetItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Description */
            description: string;
            status: components["schemas"]["Status"];
            source: components["schemas"]["Origin"];
            /** Row Count */
            row_count: number;
            /** Columns */
            columns: components["schemas"]["ColumnItem"][];
            /** Size Bytes */
            size_bytes: number;
            /**
             * Version
             * @description Counts its contents; 0 while it is empty
             */
            version: number;
            /**
             * Hash
             * @description SHA-256 of the rows as stored
             */
            hash: string | null;
            /**
             * Used By
             * @description Open trainings and models made from it
             */
            used_by: string[];
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
        };
        /**
         * DeadbandIn
         * @description Values closer to the last stored one than this are not stored.
         */
        DeadbandIn: {
            /**
             * Type
             * @enum {string}
             */
            type: "absolute" | "percent";
            /**
             * Value
             * @description In the tag's unit, or percent of the last value
             */
            value: number;
        };
        /**
         * DeadbandItem
         * @description A tag's deadband.
         */
        DeadbandItem: {
            /**
             * Type
             * @enum {string}
             */
            type: "absolute" | "percent";
            /** Value */
            value: number;
        };
        /**
         * Deleted
         * @description What DELETE answers; `note` says in words what was kept or undone, if anything.
         */
        Deleted: {
            /** Id */
            id: string;
            /**
             * Deleted
             * @default true
             */
            deleted: boolean;
            /** Note */
            note?: string | null;
        };
        /**
         * DeliveryItem
         * @description A message of the log: `pending`, `held`, `sent`, `failed`, `skipped` or `merged`.
         */
        DeliveryItem: {
            /** Id */
            id: string;
            /** Channel Id */
            channel_id: string;
            /** Channel */
            channel: string;
            /** Event */
            event: string;
            /** Status */
            status: string;
            /** Alert Id */
            alert_id: string | null;
            /** Alert Ids */
            alert_ids: string[];
            /** Title */
            title: string;
            /** Text */
            text: string;
            /** Detail */
            detail: string | null;
            /** Attempts */
            attempts: components["schemas"]["AttemptItem"][];
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            due_at: string;
            /** Finished At */
            finished_at: string | null;
        };
        /**
         * DemoItem
         * @description How the simulated plant stands.
         */
        DemoItem: {
            state: components["schemas"]["DemoState"];
            /**
             * Step
             * @description What is being made, in plain words
             */
            step: string;
            /**
             * Error
             * @description Why it failed, in plain words
             */
            error: string | null;
            /**
             * Is Ours
             * @description It was started here before and may be again
             */
            is_ours: boolean;
        };
        /**
         * DemoState
         * @description `running` from the moment values arrive; the model is still being made then.
         * @enum {string}
         */
        DemoState: "off" | "starting" | "running" | "failed";
        /**
         * DeployBody
         * @description Where to deploy; without anything: every asset that has all feature tags.
         */
        DeployBody: {
            /** Asset Id */
            asset_id?: string | null;
            /** Bindings */
            bindings?: {
                [key: string]: components["schemas"]["Place"];
            } | null;
            /** Output Tag */
            output_tag?: string | null;
            /** @default live */
            mode: components["schemas"]["Mode"];
            /**
             * Max Age Seconds
             * @description Older values of a tag count as missing
             * @default 60
             */
            max_age_seconds: number;
            /**
             * @description A row with a missing value is not scored (skip), takes the last value however old (hold), or the feature's middle at training (mean)
             * @default skip
             */
            missing: components["schemas"]["Missing"];
        };
        /**
         * DeploymentItem
         * @description Where a model watches, and how it is doing. Counters begin with the deployment.
         */
        DeploymentItem: {
            mode: components["schemas"]["Mode"];
            /** Output Tag */
            output_tag: string;
            /**
             * Bindings
             * @description Null: tags named like the features
             */
            bindings: {
                [key: string]: components["schemas"]["PlaceItem"];
            } | null;
            /**
             * Assets
             * @description Assets it watches now
             */
            assets: string[];
            /** Max Age Seconds */
            max_age_seconds: number;
            missing: components["schemas"]["Missing"];
            state: components["schemas"]["ScoringState"];
            warm_up: components["schemas"]["WarmUpItem"];
            /**
             * Since
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            since: string;
            /** Last Scored At */
            last_scored_at: string | null;
            /** Rows Scored */
            rows_scored: number;
            /** Errors */
            errors: components["schemas"]["ScoringErrorItem"][];
        };
        /**
         * DifferenceItem
         * @description What an import changes; `dry_run`: would change.
         */
        DifferenceItem: {
            /** Dry Run */
            dry_run: boolean;
            /** Added */
            added: string[];
            /** Changed */
            changed: string[];
            /** Removed */
            removed: string[];
            /** Unchanged */
            unchanged: string[];
        };
        /**
         * DraftIn
         * @description A data source not saved yet. `id` of a saved one lends its secrets to masked ones.
         */
        DraftIn: {
            /** Id */
            id?: string | null;
            /** Name */
            name?: string | null;
            /**
             * Type
             * @example modbus
             */
            type: string;
            /**
             * Config
             * @description Settings of the protocol; `GET /data-source-types` describes them. `${NAME}` stands for an environment variable. A secret is never returned, only `********`, and sending that back keeps it
             * @example {
             *       "host": "192.168.1.50",
             *       "port": 502,
             *       "unit_id": 1
             *     }
             */
            config?: {
                [key: string]: unknown;
            };
            /** Endpoint */
            endpoint?: string | null;
        };
        /**
         * DraftPreviewIn
         * @description What to read once from a device whose source is not saved yet.
         */
        DraftPreviewIn: {
            /** Addresses */
            addresses?: (string | {
                [key: string]: unknown;
            })[] | null;
            /** Tags */
            tags?: components["schemas"]["ProbedTagIn"][] | null;
            /** Id */
            id?: string | null;
            /** Name */
            name?: string | null;
            /**
             * Type
             * @example modbus
             */
            type: string;
            /**
             * Config
             * @description Settings of the protocol; `GET /data-source-types` describes them. `${NAME}` stands for an environment variable. A secret is never returned, only `********`, and sending that back keeps it
             * @example {
             *       "host": "192.168.1.50",
             *       "port": 502,
             *       "unit_id": 1
             *     }
             */
            config?: {
                [key: string]: unknown;
            };
            /** Endpoint */
            endpoint?: string | null;
        };
        /**
         * DriftItem
         * @description How far live features have moved from those of the training; since null: too few rows.
         */
        DriftItem: {
            /** Features */
            features: {
                [key: string]: components["schemas"]["FeatureDriftItem"];
            };
            /** Since */
            since: string | null;
            /** Rows */
            rows: number;
        };
        /**
         * EntryItem
         * @description One entry.
         */
        EntryItem: {
            /**
             * Seq
             * @description Its place in the chain, from 1 without a gap
             */
            seq: number;
            /**
             * At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            at: string;
            /**
             * Actor Id
             * @description The key; null for a stranger and the server itself
             */
            actor_id: string | null;
            /** Actor Name */
            actor_name: string | null;
            /**
             * Via
             * @description `key`, `session`, or `none`
             */
            via: string;
            /** Address */
            address: string;
            /**
             * Method
             * @description Also `WEBSOCKET` (a refused socket) and `START` (the server)
             */
            method: string;
            /**
             * Route
             * @description Such as `/v1/dashboards/{id}`; null: refused before
             */
            route: string | null;
            /**
             * Path
             * @description Of the thing, a new one's too
             * @example /v1/dashboards/d-1
             */
            path: string;
            /** Object Id */
            object_id: string | null;
            /** Request Id */
            request_id: string;
            /** Status */
            status: number;
            outcome: components["schemas"]["Outcome"];
            /**
             * Times
             * @description How often; above 1 only for attempts that changed nothing
             */
            times: number;
            /** Previous Hash */
            previous_hash: string;
            /** Hash */
            hash: string;
        };
        /**
         * ExportItem
         * @description A dashboard as a file; `POST /dashboards/import` takes it.
         */
        ExportItem: {
            /** Format */
            format: string;
            /** Name */
            name: string;
            /** Description */
            description: string;
            layout: components["schemas"]["LayoutItem"];
            /** Variables */
            variables: {
                [key: string]: unknown;
            }[];
        };
        /**
         * FeatureDriftItem
         * @description How far a feature has moved: under 0.1 stable, from 0.25 on drifted.
         */
        FeatureDriftItem: {
            /** Psi */
            psi: number;
            /** Status */
            status: string;
        };
        /**
         * FieldChange
         * @description One field of a tag before and after.
         */
        FieldChange: {
            /** Field */
            field: string;
            /** Before */
            before: unknown;
            /** After */
            after: unknown;
        };
        /**
         * GaugeOptions
         * @description One tag's newest value on a bar from `min` to `max`, with its normal band.
         */
        GaugeOptions: {
            /**
             * Asset Id
             * @description An asset id, or `${name}` of a variable of this dashboard
             * @example Pump_001
             * @example ${asset}
             */
            asset_id: string;
            /** Tag Name */
            tag_name: string;
            /** Min */
            min: number;
            /** Max */
            max: number;
            /** Normal Min */
            normal_min?: number | null;
            /** Normal Max */
            normal_max?: number | null;
            /** Decimals */
            decimals?: number | null;
        };
        /** GaugeWidget */
        GaugeWidget: {
            /** Id */
            id?: string | null;
            /**
             * Title
             * @default
             */
            title: string;
            /** X */
            x: number;
            /** Y */
            y: number;
            /** W */
            w: number;
            /** H */
            h: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gauge";
            options: components["schemas"]["GaugeOptions"];
        };
        /**
         * GenerateBody
         * @description Make a dashboard from an asset's tags.
         */
        GenerateBody: {
            /** Asset Id */
            asset_id: string;
            /** Name */
            name?: string | null;
            /** Id */
            id?: string | null;
        };
        /**
         * GroupItem
         * @description What the alerts of a rule with group_by have in common: the same parent, source, rule.
         */
        GroupItem: {
            /** By */
            by: string;
            /** Value */
            value: string | null;
        };
        /**
         * HistogramItem
         * @description How the numbers are spread: counts[i] lies between edges[i] and edges[i + 1].
         */
        HistogramItem: {
            /** Edges */
            edges: number[];
            /** Counts */
            counts: number[];
        };
        /** HistoryItem */
        HistoryItem: {
            /** Event */
            event: string;
            /**
             * Timestamp
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            timestamp: string;
            /** Actor */
            actor: string;
            /** Note */
            note: string | null;
        };
        /**
         * HyperparameterItem
         * @description One knob of an algorithm.
         */
        HyperparameterItem: {
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Default */
            default: number | boolean;
            /** Minimum */
            minimum: number | null;
            /** Maximum */
            maximum: number | null;
            /** Description */
            description: string;
        };
        /**
         * ImageOptions
         * @description A picture kept inside the dashboard; nothing is ever loaded from elsewhere.
         */
        ImageOptions: {
            /**
             * Source
             * @description `data:image/png;base64,…` (or jpeg, gif, webp, svg+xml)
             */
            source: string;
            /**
             * Alt
             * @description What it shows, in words
             * @default
             */
            alt: string;
            /**
             * Fit
             * @default contain
             * @enum {string}
             */
            fit: "contain" | "cover";
        };
        /** ImageWidget */
        ImageWidget: {
            /** Id */
            id?: string | null;
            /**
             * Title
             * @default
             */
            title: string;
            /** X */
            x: number;
            /** Y */
            y: number;
            /** W */
            w: number;
            /** H */
            h: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "image";
            options: components["schemas"]["ImageOptions"];
        };
        /**
         * ImportBody
         * @description What export answered, here or on another TwinEdge.
         */
        ImportBody: {
            /** Name */
            name: string;
            /**
             * Description
             * @default
             */
            description: string;
            layout?: components["schemas"]["Layout"];
            /** Variables */
            variables?: components["schemas"]["Variable"][];
            /** Id */
            id?: string | null;
            /**
             * Format
             * @constant
             */
            format: "twinedge.dashboard/1";
        };
        /**
         * ImportItem
         * @description What an import of tags changes, or would change.
         */
        ImportItem: {
            /** Dry Run */
            dry_run: boolean;
            /** Added */
            added: components["schemas"]["TagNamed"][];
            /** Changed */
            changed: components["schemas"]["ChangedTag"][];
            /** Removed */
            removed: components["schemas"]["TagNamed"][];
            /** Unchanged */
            unchanged: number;
        };
        /**
         * JobStatus
         * @description Where a job stands.
         * @enum {string}
         */
        JobStatus: "queued" | "running" | "succeeded" | "failed" | "cancelled";
        /**
         * KeyItem
         * @description A key without its secret.
         */
        KeyItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Scopes */
            scopes: string[];
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Last Used At */
            last_used_at: string | null;
        };
        /**
         * Kind
         * @description What a tag's values are; set by its first point and kept.
         * @enum {string}
         */
        Kind: "number" | "boolean" | "text";
        /**
         * KindItem
         * @description A type of channel; `config_schema` draws its form.
         */
        KindItem: {
            /** Type */
            type: string;
            /** Config Schema */
            config_schema: {
                [key: string]: unknown;
            };
            /** Secrets */
            secrets: string[];
        };
        /**
         * LabelsBody
         * @description A 0/1 column: 1 while an alert was open, or in a period that a person has marked.
         */
        LabelsBody: {
            /**
             * From
             * @enum {string}
             */
            from: "alerts" | "annotations";
            /**
             * Column
             * @default label
             */
            column: string;
            /**
             * Rule Ids
             * @description Alerts of these rules; empty: of any
             */
            rule_ids?: string[];
            /**
             * Severity
             * @description Of alerts
             */
            severity?: ("critical" | "warning" | "info") | null;
            /**
             * Label
             * @description Of annotations; null: any
             */
            label?: string | null;
        };
        /**
         * Layout
         * @description A grid: `columns` wide, growing downwards.
         */
        Layout: {
            /**
             * Columns
             * @default 24
             */
            columns: number;
            /** Widgets */
            widgets?: (components["schemas"]["TrendWidget"] | components["schemas"]["ValueWidget"] | components["schemas"]["GaugeWidget"] | components["schemas"]["StateTimelineWidget"] | components["schemas"]["TableWidget"] | components["schemas"]["AlertListWidget"] | components["schemas"]["TextWidget"] | components["schemas"]["ModelScoreWidget"] | components["schemas"]["ImageWidget"])[];
        };
        /**
         * LayoutItem
         * @description The grid; each widget has `id`, `type`, `title`, `x`, `y`, `w`, `h` and `options`.
         */
        LayoutItem: {
            /** Columns */
            columns: number;
            /** Widgets */
            widgets: {
                [key: string]: unknown;
            }[];
        };
        /**
         * LogItem
         * @description The log of a job, oldest line first.
         */
        LogItem: {
            /** Lines */
            lines: components["schemas"]["LogLineItem"][];
        };
        /**
         * LogLineItem
         * @description One line of a job's log.
         */
        LogLineItem: {
            /**
             * Timestamp
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            timestamp: string;
            /** Level */
            level: string;
            /** Message */
            message: string;
        };
        /**
         * MaintenanceBody
         * @description A planned span: from `start` to `end`, and within it only inside `schedule` if there is one.
         *
         *     Without start it holds from now on, without end until it is deleted.
         */
        MaintenanceBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /**
             * Reason
             * @default
             */
            reason: string;
            /** Start */
            start?: string | null;
            /** End */
            end?: string | null;
            schedule?: components["schemas"]["ScheduleBody"] | null;
            /**
             * @default {
             *       "severities": [],
             *       "asset_ids": [],
             *       "data_source_ids": [],
             *       "rule_ids": []
             *     }
             */
            scope: components["schemas"]["ScopeBody"];
        };
        /**
         * MaintenanceItem
         * @description A maintenance window; `active` says whether it holds now.
         */
        MaintenanceItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Reason */
            reason: string;
            /** Start */
            start: string | null;
            /** End */
            end: string | null;
            /** Schedule */
            schedule: {
                [key: string]: unknown;
            } | null;
            /** Scope */
            scope: {
                [key: string]: string[];
            };
            /** Active */
            active: boolean;
            /** Version */
            version: number;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
        };
        /** Many[AlertItem] */
        Many_AlertItem_: {
            /** Data */
            data: components["schemas"]["AlertItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[AlgorithmItem] */
        Many_AlgorithmItem_: {
            /** Data */
            data: components["schemas"]["AlgorithmItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[AnnotationItem] */
        Many_AnnotationItem_: {
            /** Data */
            data: components["schemas"]["AnnotationItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[AssetItem] */
        Many_AssetItem_: {
            /** Data */
            data: components["schemas"]["AssetItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[BackfillItem] */
        Many_BackfillItem_: {
            /** Data */
            data: components["schemas"]["BackfillItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[BackupItem] */
        Many_BackupItem_: {
            /** Data */
            data: components["schemas"]["BackupItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[ChannelItem] */
        Many_ChannelItem_: {
            /** Data */
            data: components["schemas"]["ChannelItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[DashboardItem] */
        Many_DashboardItem_: {
            /** Data */
            data: components["schemas"]["DashboardItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[DatasetItem] */
        Many_DatasetItem_: {
            /** Data */
            data: components["schemas"]["DatasetItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[DeliveryItem] */
        Many_DeliveryItem_: {
            /** Data */
            data: components["schemas"]["DeliveryItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[EntryItem] */
        Many_EntryItem_: {
            /** Data */
            data: components["schemas"]["EntryItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[KeyItem] */
        Many_KeyItem_: {
            /** Data */
            data: components["schemas"]["KeyItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[MaintenanceItem] */
        Many_MaintenanceItem_: {
            /** Data */
            data: components["schemas"]["MaintenanceItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[ModelItem] */
        Many_ModelItem_: {
            /** Data */
            data: components["schemas"]["ModelItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[NodeItem] */
        Many_NodeItem_: {
            /** Data */
            data: components["schemas"]["NodeItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[ReadingItem] */
        Many_ReadingItem_: {
            /** Data */
            data: components["schemas"]["ReadingItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[RouteItem] */
        Many_RouteItem_: {
            /** Data */
            data: components["schemas"]["RouteItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[RuleItem] */
        Many_RuleItem_: {
            /** Data */
            data: components["schemas"]["RuleItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[SourceItem] */
        Many_SourceItem_: {
            /** Data */
            data: components["schemas"]["SourceItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[TagItem] */
        Many_TagItem_: {
            /** Data */
            data: components["schemas"]["twinedge__sources__schemas__TagItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[TrainingItem] */
        Many_TrainingItem_: {
            /** Data */
            data: components["schemas"]["TrainingItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[TypeItem] */
        Many_TypeItem_: {
            /** Data */
            data: components["schemas"]["TypeItem"][];
            meta: components["schemas"]["Meta"];
        };
        /**
         * MemberItem
         * @description An asset in the alert of a group; `resolved_at` null: its condition still holds.
         */
        MemberItem: {
            /** Asset Id */
            asset_id: string;
            /** Tag Name */
            tag_name: string | null;
            /** Data Source Id */
            data_source_id: string | null;
            /** Value */
            value: number | boolean | string | null;
            /** Last Value */
            last_value: number | boolean | string | null;
            /** Message */
            message: string;
            /**
             * Triggered At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            triggered_at: string;
            /** Resolved At */
            resolved_at: string | null;
            /** Occurrences */
            occurrences: number;
        };
        /**
         * Meta
         * @description Where in the list this page is.
         */
        Meta: {
            /** Page */
            page: number;
            /** Per Page */
            per_page: number;
            /** Total */
            total: number;
        };
        /**
         * Missing
         * @description What happens to a row with a value older than the deployment's maximum age.
         *
         *     skip: it is not scored. hold: the old value is used however old it is. mean: the value is
         *     replaced by the feature's middle at training.
         * @enum {string}
         */
        Missing: "skip" | "hold" | "mean";
        /**
         * Mode
         * @description Whether a deployed model is the one that counts, or watches beside it.
         * @enum {string}
         */
        Mode: "live" | "shadow";
        /**
         * ModelItem
         * @description A model.
         */
        ModelItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Version */
            version: number;
            /** Description */
            description: string;
            /** Algorithm */
            algorithm: string;
            /** Task */
            task: string;
            /** Features */
            features: string[];
            /** Target */
            target: string | null;
            /** Threshold */
            threshold: number | null;
            /** Metrics */
            metrics: {
                [key: string]: unknown;
            };
            /** Card */
            card: {
                [key: string]: unknown;
            };
            status: components["schemas"]["ModelStatus"];
            /** Aliases */
            aliases: string[];
            deployment: components["schemas"]["DeploymentItem"] | null;
            /** Dataset Id */
            dataset_id: string;
            /** Training Id */
            training_id: string;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
        };
        /**
         * ModelScoreOptions
         * @description A deployed model's score of an asset, 0 to 1, with the threshold drawn.
         */
        ModelScoreOptions: {
            /**
             * Asset Id
             * @description An asset id, or `${name}` of a variable of this dashboard
             * @example Pump_001
             * @example ${asset}
             */
            asset_id: string;
            /**
             * Tag Name
             * @description The model's output tag
             */
            tag_name: string;
            /** Model Id */
            model_id?: string | null;
            /**
             * Threshold
             * @default 0.5
             */
            threshold: number;
            /**
             * Window Seconds
             * @description How far back from now, in seconds
             * @default 3600
             */
            window_seconds: number;
        };
        /** ModelScoreWidget */
        ModelScoreWidget: {
            /** Id */
            id?: string | null;
            /**
             * Title
             * @default
             */
            title: string;
            /** X */
            x: number;
            /** Y */
            y: number;
            /** W */
            w: number;
            /** H */
            h: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "model_score";
            options: components["schemas"]["ModelScoreOptions"];
        };
        /**
         * ModelStatus
         * @description What a model does.
         * @enum {string}
         */
        ModelStatus: "ready" | "deployed" | "archived";
        /**
         * NewAnnotationBody
         * @description A period to mark.
         */
        NewAnnotationBody: {
            /** Asset Id */
            asset_id: string;
            /**
             * Tag Name
             * @description Null: the whole asset
             */
            tag_name?: string | null;
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description Exclusive
             */
            end: string;
            /**
             * Label
             * @description Such as bearing_wear
             */
            label: string;
            /**
             * Text
             * @default
             */
            text: string;
            /** Id */
            id?: string | null;
        };
        /**
         * NewBackup
         * @description A backup to take now.
         */
        NewBackup: {
            /**
             * Note
             * @default
             * @example before the upgrade
             */
            note: string;
        };
        /**
         * NewDashboardBody
         * @description A dashboard to create.
         */
        NewDashboardBody: {
            /** Name */
            name: string;
            /**
             * Description
             * @default
             */
            description: string;
            layout?: components["schemas"]["Layout"];
            /** Variables */
            variables?: components["schemas"]["Variable"][];
            /** Id */
            id?: string | null;
        };
        /**
         * NewKeyBody
         * @description A key to make.
         */
        NewKeyBody: {
            /** Id */
            id?: string | null;
            /**
             * Name
             * @example Line 3 gateway
             */
            name: string;
            /**
             * Scopes
             * @example [
             *       "write:telemetry"
             *     ]
             */
            scopes: ("read:data_sources" | "write:data_sources" | "read:telemetry" | "write:telemetry" | "read:dashboards" | "write:dashboards" | "read:alerts" | "write:alerts" | "read:ml" | "write:ml" | "read:assets" | "write:assets" | "admin")[];
            /**
             * Expires At
             * @description In the future; empty: never
             * @example 2099-12-31T00:00:00Z
             */
            expires_at?: string | null;
        };
        /**
         * NodeItem
         * @description One entry of a browse answer: a folder to open, a tag to add, or both.
         */
        NodeItem: {
            /**
             * Node
             * @description Pass as `node` to go deeper
             */
            node: string;
            /** Name */
            name: string;
            /** Has Children */
            has_children: boolean;
            /**
             * Address
             * @description Use as a tag's address; null for a mere folder
             */
            address: string | null;
            /** Data Type */
            data_type: string | null;
            /** Unit */
            unit: string | null;
            /** Value */
            value: unknown;
            /** Description */
            description: string | null;
        };
        /** NoteIn */
        NoteIn: {
            /** Note */
            note?: string | null;
        };
        /** One[AlertItem] */
        One_AlertItem_: {
            data: components["schemas"]["AlertItem"];
        };
        /** One[AnnotationItem] */
        One_AnnotationItem_: {
            data: components["schemas"]["AnnotationItem"];
        };
        /** One[AssetItem] */
        One_AssetItem_: {
            data: components["schemas"]["AssetItem"];
        };
        /** One[BackfillItem] */
        One_BackfillItem_: {
            data: components["schemas"]["BackfillItem"];
        };
        /** One[BackupItem] */
        One_BackupItem_: {
            data: components["schemas"]["BackupItem"];
        };
        /** One[ChannelItem] */
        One_ChannelItem_: {
            data: components["schemas"]["ChannelItem"];
        };
        /** One[ComparisonItem] */
        One_ComparisonItem_: {
            data: components["schemas"]["ComparisonItem"];
        };
        /** One[CurvesItem] */
        One_CurvesItem_: {
            data: components["schemas"]["CurvesItem"];
        };
        /** One[DashboardItem] */
        One_DashboardItem_: {
            data: components["schemas"]["DashboardItem"];
        };
        /** One[DatasetItem] */
        One_DatasetItem_: {
            data: components["schemas"]["DatasetItem"];
        };
        /** One[Deleted] */
        One_Deleted_: {
            data: components["schemas"]["Deleted"];
        };
        /** One[DemoItem] */
        One_DemoItem_: {
            data: components["schemas"]["DemoItem"];
        };
        /** One[DifferenceItem] */
        One_DifferenceItem_: {
            data: components["schemas"]["DifferenceItem"];
        };
        /** One[DriftItem] */
        One_DriftItem_: {
            data: components["schemas"]["DriftItem"];
        };
        /** One[ImportItem] */
        One_ImportItem_: {
            data: components["schemas"]["ImportItem"];
        };
        /** One[KeyItem] */
        One_KeyItem_: {
            data: components["schemas"]["KeyItem"];
        };
        /** One[LogItem] */
        One_LogItem_: {
            data: components["schemas"]["LogItem"];
        };
        /** One[MaintenanceItem] */
        One_MaintenanceItem_: {
            data: components["schemas"]["MaintenanceItem"];
        };
        /** One[ModelItem] */
        One_ModelItem_: {
            data: components["schemas"]["ModelItem"];
        };
        /** One[RouteItem] */
        One_RouteItem_: {
            data: components["schemas"]["RouteItem"];
        };
        /** One[RuleItem] */
        One_RuleItem_: {
            data: components["schemas"]["RuleItem"];
        };
        /** One[SessionItem] */
        One_SessionItem_: {
            data: components["schemas"]["SessionItem"];
        };
        /** One[ShownKey] */
        One_ShownKey_: {
            data: components["schemas"]["ShownKey"];
        };
        /** One[SourceItem] */
        One_SourceItem_: {
            data: components["schemas"]["SourceItem"];
        };
        /** One[StatisticsItem] */
        One_StatisticsItem_: {
            data: components["schemas"]["StatisticsItem"];
        };
        /** One[TagItem] */
        One_TagItem_: {
            data: components["schemas"]["twinedge__sources__schemas__TagItem"];
        };
        /** One[TrainingItem] */
        One_TrainingItem_: {
            data: components["schemas"]["TrainingItem"];
        };
        /** One[Union[AnswerItem, list[AnswerItem]]] */
        One_Union_AnswerItem__list_AnswerItem___: {
            /** Data */
            data: components["schemas"]["AnswerItem"] | components["schemas"]["AnswerItem"][];
        };
        /** One[VerdictItem] */
        One_VerdictItem_: {
            data: components["schemas"]["VerdictItem"];
        };
        /** One[VersionItem] */
        One_VersionItem_: {
            data: components["schemas"]["twinedge__dashboards__routes__VersionItem"];
        };
        /** One[dict[str, str]] */
        One_dict_str__str__: {
            /** Data */
            data: {
                [key: string]: string;
            };
        };
        /** One[list[KindItem]] */
        One_list_KindItem__: {
            /** Data */
            data: components["schemas"]["KindItem"][];
        };
        /**
         * Origin
         * @description Where the rows come from.
         * @enum {string}
         */
        Origin: "upload" | "telemetry";
        /**
         * Outcome
         * @description How an attempt ended, by its status.
         * @enum {string}
         */
        Outcome: "done" | "refused" | "failed";
        /**
         * Pen
         * @description One tag drawn in a chart.
         */
        Pen: {
            /**
             * Asset Id
             * @description An asset id, or `${name}` of a variable of this dashboard
             * @example Pump_001
             * @example ${asset}
             */
            asset_id: string;
            /** Tag Name */
            tag_name: string;
            /** Label */
            label?: string | null;
            /**
             * Axis
             * @default left
             * @enum {string}
             */
            axis: "left" | "right";
        };
        /**
         * Place
         * @description A tag of an asset.
         */
        Place: {
            /** Asset Id */
            asset_id: string;
            /** Tag Name */
            tag_name: string;
        };
        /**
         * PlaceItem
         * @description A tag of an asset.
         */
        PlaceItem: {
            /** Asset Id */
            asset_id: string;
            /** Tag Name */
            tag_name: string;
        };
        /**
         * PreviewAlertItem
         * @description `asset_id` as in the alert: null for a group of a source or a rule. `assets`: all in it.
         */
        PreviewAlertItem: {
            /** Asset Id */
            asset_id: string | null;
            /** Assets */
            assets: string[];
            group: components["schemas"]["GroupItem"] | null;
            /** Tag Name */
            tag_name: string;
            /** Value */
            value: number | boolean | string | null;
            /**
             * Triggered At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            triggered_at: string;
            /** Resolved At */
            resolved_at: string | null;
            /** Occurrences */
            occurrences: number;
        };
        /**
         * ProbedTagIn
         * @description A tag to read once; what it is to be called may be left open.
         */
        ProbedTagIn: {
            /** Id */
            id?: string | null;
            /**
             * Address
             * @description In the protocol's notation
             * @example 40001
             * @example ns=2;s=Pump.Flow
             */
            address: string | {
                [key: string]: unknown;
            };
            /**
             * Asset Id
             * @default preview
             */
            asset_id: string;
            /**
             * Tag Name
             * @default preview
             */
            tag_name: string;
            /**
             * Data Type
             * @description Left out: as the device says
             */
            data_type?: ("bool" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float32" | "float64" | "string" | "bcd16" | "bcd32") | null;
            /**
             * Length
             * @description Bytes of a string
             */
            length?: number | null;
            /**
             * Word Order
             * @default big
             * @enum {string}
             */
            word_order: "big" | "little";
            /**
             * Byte Order
             * @default big
             * @enum {string}
             */
            byte_order: "big" | "little";
            /** Bit */
            bit?: number | null;
            /**
             * Scale
             * @description value = raw * scale + offset
             */
            scale?: number | null;
            /** Offset */
            offset?: number | null;
            /** Unit */
            unit?: string | null;
            /** Interval Ms */
            interval_ms?: number | null;
            deadband?: components["schemas"]["DeadbandIn"] | null;
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
        };
        /**
         * ProfileItem
         * @description All that is known of a column.
         */
        ProfileItem: {
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Missing */
            missing: number;
            /** Min */
            min: number | null;
            /** Max */
            max: number | null;
            /** Mean */
            mean: number | null;
            /** Std */
            std: number | null;
            /** Distinct */
            distinct: number;
            histogram: components["schemas"]["HistogramItem"] | null;
        };
        /**
         * QuietBody
         * @description When a channel is not used; what comes meanwhile is told afterwards in one message.
         */
        QuietBody: {
            schedule: components["schemas"]["ScheduleBody"];
            /**
             * Except Severities
             * @default [
             *       "critical"
             *     ]
             */
            except_severities: ("critical" | "warning" | "info")[];
        };
        /**
         * ReadingItem
         * @description One address read once: value and quality, or an error in words.
         */
        ReadingItem: {
            /** Address */
            address: string;
            /** Value */
            value: number | boolean | string | null;
            /** Quality */
            quality: string;
            /** Timestamp */
            timestamp: string | null;
            /** Error */
            error: string | null;
            /** Data Type */
            data_type: string | null;
            /**
             * Raw
             * @description Modbus: the registers as read
             */
            raw: number[] | null;
            /**
             * Alternatives
             * @description Modbus: under other types and orders
             */
            alternatives: {
                [key: string]: unknown;
            };
        };
        /**
         * RouteBody
         * @description Alerts in the scope, at the times of the schedule, also go to these channels.
         */
        RouteBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
            /**
             * @default {
             *       "severities": [],
             *       "asset_ids": [],
             *       "data_source_ids": [],
             *       "rule_ids": []
             *     }
             */
            scope: components["schemas"]["ScopeBody"];
            schedule?: components["schemas"]["ScheduleBody"] | null;
            /** Notifications */
            notifications: string[];
        };
        /** RouteItem */
        RouteItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Enabled */
            enabled: boolean;
            /** Scope */
            scope: {
                [key: string]: string[];
            };
            /** Schedule */
            schedule: {
                [key: string]: unknown;
            } | null;
            /** Notifications */
            notifications: string[];
            /** Version */
            version: number;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
        };
        /**
         * RuleBody
         * @description An alert rule as written; PUT replaces all of it.
         */
        RuleBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "critical" | "warning" | "info";
            /**
             * Description
             * @default
             */
            description: string;
            /**
             * Enabled
             * @description Default: true; PUT: as it was
             */
            enabled?: boolean | null;
            /** Data Source Id */
            data_source_id?: string | null;
            /** Asset Id */
            asset_id?: string | null;
            /**
             * Condition
             * @description A comparison {tag_name, operator, value}, a rate {tag_name, rate_of_change, operator, value}, a silence {tag_name, stale_seconds}, a model's score {model_id, operator, value}, or {all: [...]} or {any: [...]} of these. On the outermost: duration_seconds, clear_duration_seconds.
             * @example {
             *       "duration_seconds": 60,
             *       "operator": "gt",
             *       "tag_name": "temperature",
             *       "value": 80
             *     }
             */
            condition?: Record<string, never>;
            /**
             * Notifications
             * @default []
             */
            notifications: string[];
            /** Repeat Seconds */
            repeat_seconds?: number | null;
            schedule?: components["schemas"]["ScheduleBody"] | null;
            /** Group By */
            group_by?: ("asset" | "parent" | "data_source" | "rule") | null;
            /**
             * Latching
             * @default false
             */
            latching: boolean;
            /**
             * Inhibits
             * @default none
             * @enum {string}
             */
            inhibits: "none" | "asset" | "subtree";
            /**
             * Escalation
             * @default []
             */
            escalation: components["schemas"]["StepBody"][];
        };
        /**
         * RuleItem
         * @description An alert rule. `warnings` say what keeps it from working, if anything.
         */
        RuleItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Severity */
            severity: string;
            /** Description */
            description: string;
            /** Enabled */
            enabled: boolean;
            /** Data Source Id */
            data_source_id: string | null;
            /** Asset Id */
            asset_id: string | null;
            /** Condition */
            condition: {
                [key: string]: unknown;
            };
            /** Condition Text */
            condition_text: string;
            /** Notifications */
            notifications: string[];
            /** Repeat Seconds */
            repeat_seconds: number | null;
            /** Schedule */
            schedule: {
                [key: string]: unknown;
            } | null;
            /** Group By */
            group_by: string | null;
            /** Latching */
            latching: boolean;
            /** Inhibits */
            inhibits: string;
            /** Escalation */
            escalation: {
                [key: string]: unknown;
            }[];
            /** Warnings */
            warnings: string[];
            /** Version */
            version: number;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
        };
        /**
         * ScheduleBody
         * @description When something applies, by the clock of a time zone.
         */
        ScheduleBody: {
            /**
             * Timezone
             * @default UTC
             */
            timezone: string;
            /** Windows */
            windows: components["schemas"]["WindowBody"][];
        };
        /**
         * ScopeBody
         * @description Which alerts; an empty list is any. Assets count with all below them.
         */
        ScopeBody: {
            /**
             * Severities
             * @default []
             */
            severities: ("critical" | "warning" | "info")[];
            /**
             * Asset Ids
             * @default []
             */
            asset_ids: string[];
            /**
             * Data Source Ids
             * @default []
             */
            data_source_ids: string[];
            /**
             * Rule Ids
             * @default []
             */
            rule_ids: string[];
        };
        /**
         * ScoringErrorItem
         * @description What does not work; asset null: the model as a whole.
         */
        ScoringErrorItem: {
            /** Asset Id */
            asset_id: string | null;
            /** Message */
            message: string;
            /**
             * At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            at: string;
        };
        /**
         * ScoringState
         * @description waiting: no row came yet. warming_up: too few rows for full windows.
         * @enum {string}
         */
        ScoringState: "waiting" | "warming_up" | "scoring" | "failing";
        /**
         * SessionItem
         * @description Who is asking, and what they may do.
         */
        SessionItem: {
            /** Key Id */
            key_id: string;
            /** Name */
            name: string;
            /** Scopes */
            scopes: string[];
            /**
             * Csrf Token
             * @description To be sent as `X-CSRF-Token` on POST, PUT and DELETE; null without a session
             */
            csrf_token: string | null;
            /** Expires At */
            expires_at: string | null;
        };
        /**
         * ShelveIn
         * @description Give either a duration or a moment.
         */
        ShelveIn: {
            /** Duration Seconds */
            duration_seconds?: number | null;
            /** Until */
            until?: string | null;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * ShownKey
         * @description A key with its text, which is shown this once.
         */
        ShownKey: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Scopes */
            scopes: string[];
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Last Used At */
            last_used_at: string | null;
            /** Key */
            key: string;
        };
        /**
         * SignIn
         * @description A browser signs in with a key.
         */
        SignIn: {
            /** Api Key */
            api_key: string;
        };
        /**
         * SourceChangeIn
         * @description What replaces a data source's own. `type` may be repeated but not changed; without `tags`
         *     they stay as they are.
         */
        SourceChangeIn: {
            /** Name */
            name: string;
            /** Type */
            type?: string | null;
            /**
             * Config
             * @description Settings of the protocol; `GET /data-source-types` describes them. `${NAME}` stands for an environment variable. A secret is never returned, only `********`, and sending that back keeps it
             * @example {
             *       "host": "192.168.1.50",
             *       "port": 502,
             *       "unit_id": 1
             *     }
             */
            config: {
                [key: string]: unknown;
            };
            /** Endpoint */
            endpoint?: string | null;
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
            /** Tags */
            tags?: components["schemas"]["TagIn"][] | null;
        };
        /**
         * SourceIn
         * @description A data source to create.
         */
        SourceIn: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /**
             * Type
             * @description opcua, modbus, mqtt
             * @example modbus
             */
            type: string;
            /**
             * Config
             * @description Settings of the protocol; `GET /data-source-types` describes them. `${NAME}` stands for an environment variable. A secret is never returned, only `********`, and sending that back keeps it
             * @example {
             *       "host": "192.168.1.50",
             *       "port": 502,
             *       "unit_id": 1
             *     }
             */
            config?: {
                [key: string]: unknown;
            };
            /**
             * Endpoint
             * @description May stand for the address in `config`
             */
            endpoint?: string | null;
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
            /** Tags */
            tags?: components["schemas"]["TagIn"][];
        };
        /**
         * SourceItem
         * @description A data source.
         */
        SourceItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Type */
            type: string;
            /**
             * Endpoint
             * @description Derived from config
             * @example modbus://10.0.0.5:502/1
             */
            endpoint: string;
            /** Config */
            config: {
                [key: string]: unknown;
            };
            /** Enabled */
            enabled: boolean;
            /**
             * Status
             * @description connected only while data or keep-alives arrive
             * @enum {string}
             */
            status: "connected" | "disconnected";
            state: components["schemas"]["State-Output"];
            /**
             * Last Error
             * @description What is wrong now, in words
             */
            last_error: string | null;
            /** Last Data At */
            last_data_at: string | null;
            /** Tag Count */
            tag_count: number;
            /**
             * Points Per Second
             * @description Received, before deadbands; over about 10 s
             */
            points_per_second: number;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
        };
        /**
         * StartDemo
         * @description How the plant is to be.
         */
        StartDemo: {
            /**
             * Seed
             * @description Same seed, same plant
             * @default 1
             */
            seed: number;
        };
        /**
         * State
         * @description Finer than Status, after ISA-18.2; of several that apply, the first in this order.
         * @enum {string}
         */
        "State-Input": "resolved" | "shelved" | "suppressed" | "out_of_service" | "cleared_unacknowledged" | "acknowledged" | "unacknowledged";
        /**
         * State
         * @description What a source is doing. Only CONNECTED and DEGRADED count as `connected`.
         * @enum {string}
         */
        "State-Output": "disabled" | "connecting" | "connected" | "degraded" | "backoff" | "config_error";
        /**
         * StateTimelineOptions
         * @description States (booleans, texts) as bars over time.
         */
        StateTimelineOptions: {
            /** Series */
            series: components["schemas"]["Pen"][];
            /**
             * Window Seconds
             * @description How far back from now, in seconds
             * @default 3600
             */
            window_seconds: number;
        };
        /** StateTimelineWidget */
        StateTimelineWidget: {
            /** Id */
            id?: string | null;
            /**
             * Title
             * @default
             */
            title: string;
            /** X */
            x: number;
            /** Y */
            y: number;
            /** W */
            w: number;
            /** H */
            h: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "state_timeline";
            options: components["schemas"]["StateTimelineOptions"];
        };
        /**
         * StatisticsItem
         * @description Alarm performance after EEMUA 191 and ISA-18.2.
         */
        StatisticsItem: {
            /**
             * Start
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            end: string;
            /** Total */
            total: number;
            /** Average Per 10Min */
            average_per_10min: number;
            /** Peak Per 10Min */
            peak_per_10min: number;
            /** Percent In Flood */
            percent_in_flood: number;
            /** Floods */
            floods: {
                [key: string]: unknown;
            }[];
            /** Standing */
            standing: {
                [key: string]: unknown;
            }[];
            /** Chattering */
            chattering: number;
            /** Suppressed */
            suppressed: number;
            /**
             * Worst
             * @description The ten loudest rules and assets
             */
            worst: {
                [key: string]: unknown;
            }[];
            /**
             * Priority Mix
             * @description Share and target by severity
             */
            priority_mix: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            /** Per 10Min */
            per_10min: {
                [key: string]: unknown;
            }[];
            /** Acknowledge Median Seconds */
            acknowledge_median_seconds: number | null;
        };
        /**
         * Status
         * @description Whether there is a table to learn from.
         * @enum {string}
         */
        Status: "empty" | "ready" | "failed";
        /** StepBody */
        StepBody: {
            /** After Seconds */
            after_seconds: number;
            /** Notifications */
            notifications: string[];
        };
        /**
         * StepItem
         * @description One step of a connection test.
         */
        StepItem: {
            /**
             * Name
             * @description resolve, connect, tls, hello, security, certificate, authenticate, read; settings when they cannot be used at all
             */
            name: string;
            /** Ok */
            ok: boolean;
            /** Ms */
            ms: number;
            /** Detail */
            detail: string;
            /** Hint */
            hint: string | null;
        };
        /**
         * TableOptions
         * @description The newest values of an asset's tags; without `tag_names`, of all of them.
         */
        TableOptions: {
            /**
             * Asset Id
             * @description An asset id, or `${name}` of a variable of this dashboard
             * @example Pump_001
             * @example ${asset}
             */
            asset_id: string;
            /** Tag Names */
            tag_names?: string[];
        };
        /** TableWidget */
        TableWidget: {
            /** Id */
            id?: string | null;
            /**
             * Title
             * @default
             */
            title: string;
            /** X */
            x: number;
            /** Y */
            y: number;
            /** W */
            w: number;
            /** H */
            h: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "table";
            options: components["schemas"]["TableOptions"];
        };
        /**
         * TagIn
         * @description A tag: what to read, and under which asset and name to store it.
         */
        TagIn: {
            /** Id */
            id?: string | null;
            /**
             * Address
             * @description In the protocol's notation
             * @example 40001
             * @example ns=2;s=Pump.Flow
             */
            address: string | {
                [key: string]: unknown;
            };
            /**
             * Asset Id
             * @example Pump_001
             */
            asset_id: string;
            /**
             * Tag Name
             * @example temperature
             */
            tag_name: string;
            /**
             * Data Type
             * @description Left out: as the device says
             */
            data_type?: ("bool" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float32" | "float64" | "string" | "bcd16" | "bcd32") | null;
            /**
             * Length
             * @description Bytes of a string
             */
            length?: number | null;
            /**
             * Word Order
             * @default big
             * @enum {string}
             */
            word_order: "big" | "little";
            /**
             * Byte Order
             * @default big
             * @enum {string}
             */
            byte_order: "big" | "little";
            /** Bit */
            bit?: number | null;
            /**
             * Scale
             * @description value = raw * scale + offset
             */
            scale?: number | null;
            /** Offset */
            offset?: number | null;
            /** Unit */
            unit?: string | null;
            /** Interval Ms */
            interval_ms?: number | null;
            deadband?: components["schemas"]["DeadbandIn"] | null;
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
        };
        /**
         * TagNamed
         * @description Which tag.
         */
        TagNamed: {
            /** Id */
            id: string | null;
            /** Asset Id */
            asset_id: string;
            /** Tag Name */
            tag_name: string;
            /** Address */
            address: string | {
                [key: string]: unknown;
            };
        };
        /**
         * TagsIn
         * @description Many tags at once, all or none.
         */
        TagsIn: {
            /** Tags */
            tags: components["schemas"]["TagIn"][];
        };
        /**
         * TelemetryBody
         * @description Build the rows from stored telemetry.
         */
        TelemetryBody: {
            /** Asset Ids */
            asset_ids: string[];
            /**
             * Tags
             * @description Empty: all number tags
             */
            tags?: string[];
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /**
             * End
             * Format: date-time
             */
            end: string;
            /**
             * Interval
             * @description Such as 1s, 1m, 1h
             * @default 1m
             */
            interval: string;
            /**
             * Fill
             * @description How gaps are closed
             * @default none
             * @enum {string}
             */
            fill: "none" | "forward" | "linear";
            /**
             * Quality
             * @description all: uncertain and bad points too
             * @default good
             * @enum {string}
             */
            quality: "good" | "all";
            labels?: components["schemas"]["LabelsBody"] | null;
        };
        /**
         * TemplateBody
         * @description A channel's own words: Jinja2 with variables, if, one for, and a few filters.
         */
        TemplateBody: {
            /**
             * Subject
             * @default
             */
            subject: string;
            /**
             * Body
             * @default
             */
            body: string;
        };
        /**
         * TestBody
         * @description Features of one row, or of rows in time order.
         */
        TestBody: {
            /** Features */
            features: {
                [key: string]: unknown;
            } | {
                [key: string]: unknown;
            }[];
        };
        /**
         * TextOptions
         * @description Words: paragraphs, `# headings`, `- lists`.
         */
        TextOptions: {
            /** Text */
            text: string;
        };
        /** TextWidget */
        TextWidget: {
            /** Id */
            id?: string | null;
            /**
             * Title
             * @default
             */
            title: string;
            /** X */
            x: number;
            /** Y */
            y: number;
            /** W */
            w: number;
            /** H */
            h: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "text";
            options: components["schemas"]["TextOptions"];
        };
        /**
         * Threshold
         * @description A horizontal line in a chart, in the tag's unit.
         */
        Threshold: {
            /** Value */
            value: number;
            /**
             * Severity
             * @default warning
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            /** Label */
            label?: string | null;
        };
        /**
         * TrainingBody
         * @description A training to start.
         */
        TrainingBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /** Dataset Id */
            dataset_id: string;
            /**
             * Algorithm
             * @description One of GET /v1/ml/algorithms
             */
            algorithm: string;
            /** Hyperparameters */
            hyperparameters?: {
                [key: string]: unknown;
            };
            /** Features */
            features?: string[] | null;
            /**
             * Target
             * @description Column to predict, or labels
             */
            target?: string | null;
            /**
             * Group
             * @description Column with the unit's id
             */
            group?: string | null;
            /**
             * Validation Fraction
             * @description Share of the last rows kept for judging
             */
            validation_fraction?: number | null;
            /**
             * Preprocessing
             * @description {"rolling": {"window": rows, "statistics": [value, mean, std, min, max, drift]} | null, "lags": [rows back], "scaling": auto|none|standard|robust, "interactions": bool}; what is left out stays as the algorithm has it
             */
            preprocessing?: {
                [key: string]: unknown;
            } | null;
            /** Seed */
            seed?: number | null;
            /** @description False alarms accepted: it sets the threshold */
            alarm_budget?: components["schemas"]["AlarmBudget"] | null;
            /**
             * Base Model Id
             * @description Train anew as this model was: what is left out comes from its recipe, features included. Give its name to make the next version
             */
            base_model_id?: string | null;
            /**
             * Warm Start
             * @description Go on from what the base model knows, with an algorithm that can: forests keep their trees and get as many new ones, networks keep their weights
             * @default false
             */
            warm_start: boolean;
        };
        /**
         * TrainingItem
         * @description A training job.
         */
        TrainingItem: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Dataset Id */
            dataset_id: string;
            /**
             * Dataset Version
             * @description The content it learns from
             */
            dataset_version: number | null;
            /** Algorithm */
            algorithm: string;
            /** Hyperparameters */
            hyperparameters: {
                [key: string]: unknown;
            };
            /** Features */
            features: string[] | null;
            /** Target */
            target: string | null;
            /** Group */
            group: string | null;
            /** Validation Fraction */
            validation_fraction: number;
            /** Preprocessing */
            preprocessing: {
                [key: string]: unknown;
            };
            /** Seed */
            seed: number;
            /** Alarm Budget */
            alarm_budget: {
                [key: string]: number;
            } | null;
            /** Base Model Id */
            base_model_id: string | null;
            /** Warm Start */
            warm_start: boolean;
            status: components["schemas"]["JobStatus"];
            /** Progress */
            progress: number;
            /** Message */
            message: string;
            /** Metrics */
            metrics: {
                [key: string]: unknown;
            } | null;
            /** Model Id */
            model_id: string | null;
            /** Error */
            error: string | null;
            /** Warnings */
            warnings: string[];
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /** Started At */
            started_at: string | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Restarts
             * @description Times it began again after a stop of the server
             */
            restarts: number;
        };
        /**
         * TrendOptions
         * @description Tags over time.
         */
        TrendOptions: {
            /** Series */
            series: components["schemas"]["Pen"][];
            /**
             * Window Seconds
             * @description How far back from now, in seconds
             * @default 3600
             */
            window_seconds: number;
            /**
             * Band
             * @default true
             */
            band: boolean;
            /** Y Min */
            y_min?: number | null;
            /** Y Max */
            y_max?: number | null;
            /** Thresholds */
            thresholds?: components["schemas"]["Threshold"][];
        };
        /** TrendWidget */
        TrendWidget: {
            /** Id */
            id?: string | null;
            /**
             * Title
             * @default
             */
            title: string;
            /** X */
            x: number;
            /** Y */
            y: number;
            /** W */
            w: number;
            /** H */
            h: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "trend";
            options: components["schemas"]["TrendOptions"];
        };
        /**
         * TypeItem
         * @description A protocol and its settings.
         */
        TypeItem: {
            /** Type */
            type: string;
            /** Title */
            title: string;
            /**
             * Schema
             * @description JSON schema of `config`
             */
            schema: {
                [key: string]: unknown;
            };
            /**
             * Secrets
             * @description Settings that are never returned
             */
            secrets: string[];
        };
        /**
         * ValueOptions
         * @description One tag's newest value.
         */
        ValueOptions: {
            /**
             * Asset Id
             * @description An asset id, or `${name}` of a variable of this dashboard
             * @example Pump_001
             * @example ${asset}
             */
            asset_id: string;
            /** Tag Name */
            tag_name: string;
            /** Decimals */
            decimals?: number | null;
            /**
             * Sparkline
             * @default true
             */
            sparkline: boolean;
        };
        /** ValueWidget */
        ValueWidget: {
            /** Id */
            id?: string | null;
            /**
             * Title
             * @default
             */
            title: string;
            /** X */
            x: number;
            /** Y */
            y: number;
            /** W */
            w: number;
            /** H */
            h: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "value";
            options: components["schemas"]["ValueOptions"];
        };
        /**
         * Variable
         * @description A choice the viewer makes; widgets name it as `${name}` in place of an asset id.
         */
        Variable: {
            /** Name */
            name: string;
            /**
             * Label
             * @default
             */
            label: string;
            /**
             * Type
             * @default asset
             * @constant
             */
            type: "asset";
            /**
             * Asset Type
             * @description Offer only assets of this type
             */
            asset_type?: string | null;
            /** Default */
            default?: string | null;
        };
        /**
         * VerdictItem
         * @description What following the chain found.
         */
        VerdictItem: {
            /** Ok */
            ok: boolean;
            /**
             * Entries
             * @description Good ones, from the first on
             */
            entries: number;
            /**
             * Head
             * @description `seq:hash` of the last good one; note it where it is safe
             */
            head: string;
            /**
             * Fault
             * @description The first fault, in plain words
             */
            fault: string | null;
        };
        /**
         * WarmUpItem
         * @description Rows that the windows of the asset farthest behind hold, and need.
         */
        WarmUpItem: {
            /** Rows Seen */
            rows_seen: number;
            /** Rows Needed */
            rows_needed: number;
        };
        /**
         * WindowBody
         * @description A span of the day on some weekdays; `to` before `from` runs over midnight.
         */
        WindowBody: {
            /**
             * Weekdays
             * @default [
             *       "mon",
             *       "tue",
             *       "wed",
             *       "thu",
             *       "fri",
             *       "sat",
             *       "sun"
             *     ]
             */
            weekdays: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
            /**
             * From
             * @default 00:00
             * @example 06:00
             */
            from: string;
            /**
             * To
             * @default 24:00
             * @example 06:00
             */
            to: string;
        };
        /**
         * PreviewIn
         * @description A rule, saved or not, and a span of the past.
         */
        twinedge__alerts__routes__rules__PreviewIn: {
            rule: components["schemas"]["RuleBody"];
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /**
             * End
             * Format: date-time
             */
            end: string;
        };
        /**
         * PreviewItem
         * @description What the rule would have done.
         */
        twinedge__alerts__routes__rules__PreviewItem: {
            /** Alerts */
            alerts: components["schemas"]["PreviewAlertItem"][];
            /** Total */
            total: number;
            /** Minutes In Alarm */
            minutes_in_alarm: number;
            /** Chattering */
            chattering: number;
            /** Points */
            points: number;
            /** Assets */
            assets: number;
            /** Advice */
            advice: components["schemas"]["AdviceItem"][];
            /** Warnings */
            warnings: string[];
        };
        /** TestItem */
        twinedge__alerts__routes__views__TestItem: {
            /** Ok */
            ok: boolean;
            /** Detail */
            detail: string;
            /** Duration Ms */
            duration_ms: number;
        };
        /**
         * TagItem
         * @description One tag of an asset.
         */
        twinedge__assets__routes__TagItem: {
            /** Tag Name */
            tag_name: string;
            kind: components["schemas"]["Kind"];
            /** Unit */
            unit: string | null;
            /** Description */
            description: string | null;
            /** Data Source Id */
            data_source_id: string | null;
        };
        /**
         * VersionItem
         * @description One version of a dashboard.
         */
        twinedge__dashboards__routes__VersionItem: {
            /** Version */
            version: number;
            /** Name */
            name: string;
            /** Description */
            description: string;
            layout: components["schemas"]["LayoutItem"];
            /** Variables */
            variables: {
                [key: string]: unknown;
            }[];
            /**
             * Saved At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            saved_at: string;
            /** Saved By */
            saved_by: string;
        };
        /**
         * PreviewItem
         * @description The columns and the first rows.
         */
        twinedge__ml__datasets__routes__PreviewItem: {
            /** Columns */
            columns: components["schemas"]["ProfileItem"][];
            /** Rows */
            rows: {
                [key: string]: unknown;
            }[];
            /** Row Count */
            row_count: number;
        };
        /**
         * VersionItem
         * @description One content a dataset has or had.
         */
        twinedge__ml__datasets__routes__VersionItem: {
            /** Version */
            version: number;
            /** Hash */
            hash: string;
            /** Row Count */
            row_count: number;
            /** Size Bytes */
            size_bytes: number;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
        };
        /**
         * PreviewIn
         * @description What to read once from a saved source.
         */
        twinedge__sources__schemas__PreviewIn: {
            /** Addresses */
            addresses?: (string | {
                [key: string]: unknown;
            })[] | null;
            /** Tags */
            tags?: components["schemas"]["ProbedTagIn"][] | null;
        };
        /**
         * TagItem
         * @description A tag of a data source, and how it is.
         */
        twinedge__sources__schemas__TagItem: {
            /** Id */
            id: string;
            /** Address */
            address: string | {
                [key: string]: unknown;
            };
            /** Asset Id */
            asset_id: string;
            /** Tag Name */
            tag_name: string;
            /** Data Type */
            data_type: ("bool" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float32" | "float64" | "string" | "bcd16" | "bcd32") | null;
            /** Length */
            length: number | null;
            /**
             * Word Order
             * @enum {string}
             */
            word_order: "big" | "little";
            /**
             * Byte Order
             * @enum {string}
             */
            byte_order: "big" | "little";
            /** Bit */
            bit: number | null;
            /** Scale */
            scale: number | null;
            /** Offset */
            offset: number | null;
            /** Unit */
            unit: string | null;
            /** Interval Ms */
            interval_ms: number | null;
            deadband: components["schemas"]["DeadbandItem"] | null;
            /** Enabled */
            enabled: boolean;
            /**
             * State
             * @description waiting: no value since the connection was made
             * @enum {string}
             */
            state: "ok" | "waiting" | "fault" | "disabled";
            /** Error */
            error: string | null;
            /**
             * Created At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             * @example 2026-01-06T10:00:00Z
             */
            updated_at: string;
        };
        /**
         * TestItem
         * @description How a connection test went.
         */
        twinedge__sources__schemas__TestItem: {
            /** Ok */
            ok: boolean;
            /**
             * Latency Ms
             * @description Of the whole test
             */
            latency_ms: number;
            /**
             * Steps
             * @description Stops at the first failure
             */
            steps: components["schemas"]["StepItem"][];
        };
        /** Many[VersionItem] */
        twinedge__web__envelope__Many_VersionItem___1: {
            /** Data */
            data: components["schemas"]["twinedge__dashboards__routes__VersionItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** Many[VersionItem] */
        twinedge__web__envelope__Many_VersionItem___2: {
            /** Data */
            data: components["schemas"]["twinedge__ml__datasets__routes__VersionItem"][];
            meta: components["schemas"]["Meta"];
        };
        /** One[PreviewItem] */
        twinedge__web__envelope__One_PreviewItem___1: {
            data: components["schemas"]["twinedge__alerts__routes__rules__PreviewItem"];
        };
        /** One[PreviewItem] */
        twinedge__web__envelope__One_PreviewItem___2: {
            data: components["schemas"]["twinedge__ml__datasets__routes__PreviewItem"];
        };
        /** One[TestItem] */
        twinedge__web__envelope__One_TestItem___1: {
            data: components["schemas"]["twinedge__sources__schemas__TestItem"];
        };
        /** One[TestItem] */
        twinedge__web__envelope__One_TestItem___2: {
            data: components["schemas"]["twinedge__alerts__routes__views__TestItem"];
        };
        Error: {
            error: {
                /** @enum {string} */
                code: "validation_error" | "unauthorized" | "forbidden" | "not_found" | "method_not_allowed" | "conflict" | "precondition_failed" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal_error" | "service_unavailable";
                message: string;
                details: {
                    /** @example config.port */
                    field: string;
                    /** @example must be at most 65535 */
                    message: string;
                }[];
                /** @description Seconds; on 429 only */
                retry_after?: number;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    query_telemetry: {
        parameters: {
            query?: {
                /** @description Tags of this source */
                data_source_id?: string;
                /** @description Assets. Repeat it or separate by commas. */
                asset_id?: string[];
                /** @description Tags. Repeat it or separate by commas. */
                tag_name?: string[];
                /** @description From here on (inclusive); default: the first point */
                start?: string;
                /** @description Up to here (exclusive); default: the last point */
                end?: string;
                /** @description Per bucket */
                aggregation?: "avg" | "min" | "max" | "sum" | "count" | "first" | "last";
                /** @description Bucket length, with `aggregation`; without it the whole range is one bucket */
                interval?: string;
                /** @description IANA time zone whose days and weeks the buckets follow, with `interval` */
                tz?: string;
                /** @description Qualities: good, uncertain, bad, all. Repeat it or separate by commas. */
                quality?: string[];
                /** @description Time */
                order?: "asc" | "desc";
                /** @description Rows; default 1000, with `max_points` 100000 */
                limit?: number;
                /** @description `meta.next_cursor` of the page before */
                cursor?: string;
                /** @description At most so many buckets per tag; their length is chosen and no spike is lost */
                max_points?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rows in the form that `Accept` asks for */
            200: {
                headers: {
                    /** @description The cursor of the next page, for forms without `meta` */
                    "X-Next-Cursor"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /**
                             * Format: date-time
                             * @example 2026-01-06T10:00:00Z
                             */
                            timestamp: string;
                            /** @example Pump_001 */
                            asset_id: string;
                            /** @example temperature */
                            tag_name: string;
                            value: number | boolean | string | null;
                            /** @enum {string} */
                            quality: "good" | "uncertain" | "bad";
                        }[];
                        meta: {
                            limit: number;
                            next_cursor: string | null;
                        };
                    } | {
                        data: {
                            /**
                             * Format: date-time
                             * @example 2026-01-06T10:00:00Z
                             */
                            timestamp: string;
                            /** @example Pump_001 */
                            asset_id: string;
                            /** @example temperature */
                            tag_name: string;
                            value: number | null;
                            /** @enum {string} */
                            quality: "good" | "uncertain" | "bad";
                            count: number;
                        }[];
                        meta: {
                            limit: number;
                            next_cursor: string | null;
                            interval: string | null;
                        };
                    } | {
                        data: {
                            /**
                             * Format: date-time
                             * @example 2026-01-06T10:00:00Z
                             */
                            timestamp: string;
                            /** @example Pump_001 */
                            asset_id: string;
                            /** @example temperature */
                            tag_name: string;
                            min: number | null;
                            max: number | null;
                            avg: number | null;
                            first: number | null;
                            last: number | null;
                            /** @enum {string} */
                            quality: "good" | "uncertain" | "bad";
                            count: number;
                        }[];
                        meta: {
                            limit: number;
                            next_cursor: string | null;
                            interval: string | null;
                        };
                    };
                    "application/x-ndjson": string;
                    "text/csv": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    ingest_telemetry: {
        parameters: {
            query?: {
                /** @description Store the good points */
                partial?: boolean;
                /** @description Of the time stamps of line protocol (`text/plain`); not for other forms */
                precision?: "ns" | "us" | "ms" | "s";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example Pump_001 */
                        asset_id: string;
                        /** @example temperature */
                        tag_name: string;
                        /** @example 65.5 */
                        value: number | boolean | string;
                        /**
                         * Format: date-time
                         * @description ISO 8601; without an offset it is UTC; now, if left out
                         * @example 2026-01-06T10:00:00Z
                         */
                        timestamp?: string | null;
                        /**
                         * @default good
                         * @enum {unknown}
                         */
                        quality?: "good" | "uncertain" | "bad" | null;
                        /** @description Claims the tag for it */
                        data_source_id?: string | null;
                    }[];
                };
                "application/x-ndjson": string;
                "text/csv": string;
                "text/plain": string;
                "application/vnd.apache.arrow.stream": string;
            };
        };
        responses: {
            /** @description Stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            accepted: number;
                        } | {
                            accepted: number;
                            rejected: number;
                            errors: {
                                field: string;
                                message: string;
                            }[];
                        };
                    };
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    ingest_telemetry_alias: {
        parameters: {
            query?: {
                /** @description Store the good points */
                partial?: boolean;
                /** @description Of the time stamps of line protocol (`text/plain`); not for other forms */
                precision?: "ns" | "us" | "ms" | "s";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /** @example Pump_001 */
                        asset_id: string;
                        /** @example temperature */
                        tag_name: string;
                        /** @example 65.5 */
                        value: number | boolean | string;
                        /**
                         * Format: date-time
                         * @description ISO 8601; without an offset it is UTC; now, if left out
                         * @example 2026-01-06T10:00:00Z
                         */
                        timestamp?: string | null;
                        /**
                         * @default good
                         * @enum {unknown}
                         */
                        quality?: "good" | "uncertain" | "bad" | null;
                        /** @description Claims the tag for it */
                        data_source_id?: string | null;
                    }[];
                };
                "application/x-ndjson": string;
                "text/csv": string;
                "text/plain": string;
                "application/vnd.apache.arrow.stream": string;
            };
        };
        responses: {
            /** @description Stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            accepted: number;
                        } | {
                            accepted: number;
                            rejected: number;
                            errors: {
                                field: string;
                                message: string;
                            }[];
                        };
                    };
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    latest_telemetry: {
        parameters: {
            query: {
                /** @description Asset */
                asset_id: string;
                /** @description Tag names; default: all. Repeat it or separate by commas. */
                tags?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row per tag; empty for an unknown asset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /**
                             * Format: date-time
                             * @example 2026-01-06T10:00:00Z
                             */
                            timestamp: string;
                            /** @example Pump_001 */
                            asset_id: string;
                            /** @example temperature */
                            tag_name: string;
                            value: number | boolean | string | null;
                            /** @enum {string} */
                            quality: "good" | "uncertain" | "bad";
                            /** @description Negative if the time is ahead of ours */
                            age_seconds: number;
                        }[];
                    };
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_sources_data_sources_get: {
        parameters: {
            query?: {
                /** @description Only this type */
                type?: string | null;
                status?: ("connected" | "disconnected") | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_SourceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_data_sources_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceIn"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_SourceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    types_data_source_types_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_TypeItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_data_sources__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_SourceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_data_sources__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceChangeIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_SourceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_data_sources__id__delete: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reconnect_data_sources__id__reconnect_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_SourceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    test_draft_data_sources_test_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["twinedge__web__envelope__One_TestItem___1"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    test_data_sources__id__test_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["twinedge__web__envelope__One_TestItem___1"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    browse_draft_data_sources_browse_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BrowseIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_NodeItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    browse_data_sources__id__browse_get: {
        parameters: {
            query?: {
                /** @description Left out: root */
                node?: string | null;
                search?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_NodeItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The device refuses us: login, certificate or settings must change */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    preview_draft_data_sources_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftPreviewIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_ReadingItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    preview_data_sources__id__tags_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["twinedge__sources__schemas__PreviewIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_ReadingItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_tags_data_sources__id__tags_export_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    import_tags_data_sources__id__tags_import_post: {
        parameters: {
            query?: {
                /** @description Only answer the difference */
                dry_run?: boolean;
                /** @description replace: remove tags not in the file */
                mode?: "merge" | "replace";
            };
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ImportItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_tags_data_sources__id__tags_get: {
        parameters: {
            query?: {
                asset_id?: string | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_TagItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    add_tags_data_sources__id__tags_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagIn"] | components["schemas"]["TagsIn"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_TagItem_"] | components["schemas"]["Many_TagItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_tag_data_sources__id__tags__tag_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the data source */
                id: string;
                /** @description Id of the tag */
                tag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_TagItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_tag_data_sources__id__tags__tag_id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                /** @description Id of the data source */
                id: string;
                /** @description Id of the tag */
                tag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_TagItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_tag_data_sources__id__tags__tag_id__delete: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                /** @description Id of the data source */
                id: string;
                /** @description Id of the tag */
                tag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_assets_assets_get: {
        parameters: {
            query?: {
                /** @description Only assets of this type */
                type?: string | null;
                /** @description Only assets right below this one */
                parent?: string | null;
                /** @description A text in id, name or description */
                search?: string | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_AssetItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_asset_assets__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The caller's own id; slashes and other signs percent-encoded */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AssetItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    put_asset_assets__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                /** @description The caller's own id; slashes and other signs percent-encoded */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssetBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AssetItem_"];
                };
            };
            /** @description The asset is new */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_asset_assets__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The caller's own id; slashes and other signs percent-encoded */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_annotations_annotations_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
                asset_id?: string | null;
                tag_name?: string | null;
                label?: string | null;
                /** @description Periods that end after this */
                start?: string | null;
                /** @description Periods that begin before this */
                end?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_AnnotationItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_annotation_annotations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAnnotationBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AnnotationItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_annotation_annotations__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AnnotationItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    replace_annotation_annotations__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnnotationBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AnnotationItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_annotation_annotations__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_rules_alert_rules_get: {
        parameters: {
            query?: {
                severity?: ("critical" | "warning" | "info") | null;
                enabled?: boolean | null;
                data_source_id?: string | null;
                search?: string | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_RuleItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_rule_alert_rules_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_RuleItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    preview_alert_rules_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["twinedge__alerts__routes__rules__PreviewIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["twinedge__web__envelope__One_PreviewItem___1"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_alert_rules_export_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": {
                        rules: Record<string, never>[];
                    };
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    import_rules_alert_rules_import_post: {
        parameters: {
            query?: {
                mode?: "merge" | "replace";
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/yaml": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DifferenceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_rule_alert_rules__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_RuleItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_rule_alert_rules__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_RuleItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_rule_alert_rules__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_rule_alert_rules__id__enable_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_RuleItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_rule_alert_rules__id__disable_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_RuleItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_alerts_alerts_get: {
        parameters: {
            query?: {
                status?: ("active" | "acknowledged" | "resolved") | null;
                severity?: ("critical" | "warning" | "info") | null;
                /** @description ISO 8601, by triggered_at */
                start?: string | null;
                /** @description ISO 8601, exclusive */
                end?: string | null;
                rule_id?: string | null;
                /** @description Also as a member of a group */
                asset_id?: string | null;
                data_source_id?: string | null;
                state?: components["schemas"]["State-Input"] | null;
                /** @description Part of rule, message, asset, tag or note */
                q?: string | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_AlertItem_"];
                    "text/csv": string;
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_alert_alerts_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertIn"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AlertItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    statistics_alerts_statistics_get: {
        parameters: {
            query?: {
                start?: string | null;
                end?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_StatisticsItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_alert_alerts__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AlertItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    acknowledge_alerts__id__acknowledge_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NoteIn"] | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AlertItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resolve_alerts__id__resolve_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NoteIn"] | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AlertItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    shelve_alerts__id__shelve_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShelveIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AlertItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unshelve_alerts__id__unshelve_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_AlertItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    open_link_alert_links__token__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page that says why the link does not work */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A page that says why the link does not work */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    press_link_alert_links__token__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A page that says why the link does not work */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A page that says why the link does not work */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_channels_notification_channels_get: {
        parameters: {
            query?: {
                type?: string | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_ChannelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_channel_notification_channels_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ChannelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_types_notification_channels_types_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_list_KindItem__"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    test_draft_notification_channels_test_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["twinedge__web__envelope__One_TestItem___2"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_channel_notification_channels__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ChannelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_channel_notification_channels__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ChannelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_channel_notification_channels__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    test_channel_notification_channels__id__test_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["twinedge__web__envelope__One_TestItem___2"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_deliveries_notification_deliveries_get: {
        parameters: {
            query?: {
                channel_id?: string | null;
                alert_id?: string | null;
                status?: ("pending" | "held" | "sent" | "failed" | "skipped" | "merged") | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_DeliveryItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    retry_notification_deliveries__id__retry_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_dict_str__str__"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_windows_maintenance_windows_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_MaintenanceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_window_maintenance_windows_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaintenanceBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_MaintenanceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_window_maintenance_windows__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_MaintenanceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_window_maintenance_windows__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaintenanceBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_MaintenanceItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_window_maintenance_windows__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_routes_notification_routes_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_RouteItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_route_notification_routes_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RouteBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_RouteItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_route_notification_routes__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_RouteItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_route_notification_routes__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RouteBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_RouteItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_route_notification_routes__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_dashboards_dashboards_get: {
        parameters: {
            query?: {
                /** @description Part of a name */
                search?: string | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_DashboardItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_dashboard_dashboards_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDashboardBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DashboardItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    generate_dashboard_dashboards_generate_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DashboardItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    import_dashboard_dashboards_import_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DashboardItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_dashboard_dashboards__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DashboardItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    replace_dashboard_dashboards__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DashboardBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DashboardItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_dashboard_dashboards__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    duplicate_dashboard_dashboards__id__duplicate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DashboardItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_dashboard_dashboards__id__export_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportItem"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_versions_dashboards__id__versions_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["twinedge__web__envelope__Many_VersionItem___1"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_version_dashboards__id__versions__version__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_VersionItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    restore_version_dashboards__id__versions__version__restore_post: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DashboardItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_datasets_ml_datasets_get: {
        parameters: {
            query?: {
                status?: components["schemas"]["Status"] | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_DatasetItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_dataset_ml_datasets_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DatasetBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DatasetItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_dataset_ml_datasets__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DatasetItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_dataset_ml_datasets__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DatasetChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DatasetItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_dataset_ml_datasets__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_dataset_ml_datasets__id__upload_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DatasetItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    preview_dataset_ml_datasets__id__preview_get: {
        parameters: {
            query?: {
                /** @description How many rows */
                rows?: number;
                /** @description The newest if left out */
                version?: number | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["twinedge__web__envelope__One_PreviewItem___2"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_versions_ml_datasets__id__versions_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["twinedge__web__envelope__Many_VersionItem___2"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_algorithms_ml_algorithms_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_AlgorithmItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_trainings_ml_training_get: {
        parameters: {
            query?: {
                status?: components["schemas"]["JobStatus"] | null;
                dataset_id?: string | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_TrainingItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    start_training_ml_training_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingBody"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_TrainingItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_training_ml_training__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_TrainingItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancel_training_ml_training__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_TrainingItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_training_log_ml_training__id__log_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_LogItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_models_ml_models_get: {
        parameters: {
            query?: {
                status?: components["schemas"]["ModelStatus"] | null;
                name?: string | null;
                /** @description Such as champion */
                alias?: string | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    compare_models_ml_models_compare_get: {
        parameters: {
            query: {
                /** @description 2 to 20 model ids, separated by commas */
                ids: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ComparisonItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such model */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_model_ml_models__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_model_ml_models__id__put: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description `If-Match` names another version than the stored one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_model_ml_models__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    set_alias_ml_models__id__aliases__alias__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description champion, challenger, or any word */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_alias_ml_models__id__aliases__alias__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description champion, challenger, or any word */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    archive_model_ml_models__id__archive_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unarchive_model_ml_models__id__unarchive_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_curves_ml_models__id__curves_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_CurvesItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    test_model_ml_models__id__test_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Union_AnswerItem__list_AnswerItem___"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deploy_model_ml_models__id__deploy_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeployBody"] | null;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    undeploy_model_ml_models__id__undeploy_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    roll_back_ml_models__id__rollback_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ModelItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    download_model_ml_models__id__download_get: {
        parameters: {
            query?: {
                /** @description onnx: to score anywhere; skops: scikit-learn's, to train on */
                format?: "onnx" | "skops";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_drift_ml_models__id__drift_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DriftItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    start_backfill_ml_models__id__backfill_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillBody"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_BackfillItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_backfills_ml_models__id__backfills_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_BackfillItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_backfill_ml_models__id__backfills__backfill_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                backfill_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_BackfillItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancel_backfill_ml_models__id__backfills__backfill_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                backfill_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_BackfillItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_backups_backups_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_BackupItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_backup_backups_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBackup"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_BackupItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_backup_backups__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_BackupItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_backup_backups__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_demo_system_demo_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DemoItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    start_demo_system_demo_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartDemo"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DemoItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stop_demo_system_demo_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_DemoItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_entries_audit_get: {
        parameters: {
            query?: {
                actor_id?: string | null;
                method?: string | null;
                route?: string | null;
                object_id?: string | null;
                request_id?: string | null;
                outcome?: components["schemas"]["Outcome"] | null;
                /** @description From this moment on */
                start?: string | null;
                /** @description Before this moment */
                end?: string | null;
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_EntryItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    verify_audit_verify_get: {
        parameters: {
            query?: {
                /** @description A `head` noted earlier: it must still be on the chain */
                head?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_VerdictItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_keys_api_keys_get: {
        parameters: {
            query?: {
                /** @description Page number */
                page?: number;
                /** @description Items per page */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Many_KeyItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_key_api_keys_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKeyBody"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ShownKey_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_key_api_keys__id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_KeyItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_key_api_keys__id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rotate_key_api_keys__id__rotate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_ShownKey_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_session_session_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_SessionItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sign_in_session_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_SessionItem_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description This key is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Content-Type or Content-Encoding is not one this route reads */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sign_out_session_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["One_Deleted_"];
                };
            };
            /** @description The request is wrong; `details` lists every fault with its field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope, or the session its CSRF token */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The state of the thing does not allow this, or the id or name is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; come back after `retry_after` seconds */
            429: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong inside; the message carries the request id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not now; come back after `Retry-After` seconds */
            503: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
