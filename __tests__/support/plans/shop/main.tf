terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "region" { type = string }
variable "queues" {
  type = map(object({ path = string, fields = list(string), delay = optional(number, 0) }))
}
variable "tags" {
  type    = map(string)
  default = {}
}
provider "aws" { region = var.region }
provider "aws" {
  alias  = "other"
  region = "eu-west-1"
}
locals {
  prefix = "shop-${terraform.workspace}"
  routes = { for name, queue in var.queues : name => merge(queue, { name = "${local.prefix}-${name}" }) }
}
data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

module "route" {
  source   = "./rules"
  for_each = local.routes
  name     = each.value.name
  delay    = each.value.delay
  grant    = { queue = each.key }
}

resource "aws_sqs_queue" "elsewhere" {
  provider = aws.other
  name     = "${local.prefix}-elsewhere"
}
resource "aws_sqs_queue" "counted" {
  count = 2
  name  = "${local.prefix}-counted-${count.index}"
}

resource "aws_api_gateway_rest_api" "api" {
  name = local.prefix
}
resource "aws_api_gateway_resource" "v1" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "v1"
}
resource "aws_api_gateway_resource" "route" {
  for_each    = var.queues
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_resource.v1.id
  path_part   = each.value.path
}
resource "aws_api_gateway_method" "route" {
  for_each      = aws_api_gateway_resource.route
  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = each.value.id
  http_method   = "POST"
  authorization = "NONE"
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "send" {
  dynamic "statement" {
    for_each = module.route
    content {
      actions   = ["sqs:SendMessage"]
      resources = [statement.value.arn]
    }
  }
}
resource "aws_iam_role" "sender" {
  name               = "${local.prefix}-sender"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.sender.id
  policy = data.aws_iam_policy_document.send.json
}
resource "aws_api_gateway_integration" "route" {
  for_each                = var.queues
  rest_api_id             = aws_api_gateway_rest_api.api.id
  resource_id             = aws_api_gateway_resource.route[each.key].id
  http_method             = aws_api_gateway_method.route[each.key].http_method
  type                    = "AWS"
  integration_http_method = "POST"
  credentials             = aws_iam_role.sender.arn
  uri                     = "arn:aws:apigateway:${data.aws_region.current.name}:sqs:path/${data.aws_caller_identity.current.account_id}/${module.route[each.key].name}"
  passthrough_behavior    = "NEVER"
  request_parameters      = { "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'" }
  request_templates = {
    "application/json" = templatefile("${path.module}/send.tftpl", { fields = each.value.fields, source = each.key })
  }
}
resource "aws_api_gateway_method_response" "ok" {
  for_each    = var.queues
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.route[each.key].id
  http_method = aws_api_gateway_method.route[each.key].http_method
  status_code = "202"
}
resource "aws_api_gateway_integration_response" "ok" {
  for_each          = var.queues
  rest_api_id       = aws_api_gateway_rest_api.api.id
  resource_id       = aws_api_gateway_resource.route[each.key].id
  http_method       = aws_api_gateway_method.route[each.key].http_method
  status_code       = aws_api_gateway_method_response.ok[each.key].status_code
  selection_pattern = "200"
  response_templates = {
    "application/json" = jsonencode({ accepted = each.key })
  }
  depends_on = [aws_api_gateway_integration.route]
}
resource "aws_api_gateway_deployment" "api" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  triggers = {
    redeployment = sha1(jsonencode([values(aws_api_gateway_integration.route)[*].id]))
  }
  depends_on = [aws_api_gateway_integration_response.ok]
}
resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  deployment_id = aws_api_gateway_deployment.api.id
  stage_name    = "live"
  variables     = { origin = "shop" }
}
output "url" { value = aws_api_gateway_stage.live.invoke_url }
