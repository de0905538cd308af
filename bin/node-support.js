// Node.js 20 is supported on purpose; the AWS SDK need not tell at each start that it will not be for ever.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
